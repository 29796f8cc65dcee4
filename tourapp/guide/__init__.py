"""The guides' pages, in the bureau: itineraries built, shared and taken along as files."""
