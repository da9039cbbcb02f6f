"""Everything that is true without a screen: reading, language, extraction, library, search, story, export."""
