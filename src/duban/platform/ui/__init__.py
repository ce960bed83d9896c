"""The shared interface of the office: frame, components, charts, assets. No business nouns."""
