"""Scrapy spiders that capture sites into WARC files; the only importer of Scrapy."""
