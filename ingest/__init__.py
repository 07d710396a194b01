"""Articles in, passages out: reading, cleaning, splitting, the article library, and the job."""
