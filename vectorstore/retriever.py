"""The search as a LangChain retriever: a thin edge, imported only by what speaks LangChain."""

from __future__ import annotations

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, SkipValidation

from vectorstore.evidence import Evidence
from vectorstore.reading import Index
from vectorstore.search import Searcher


class PassageRetriever(BaseRetriever):
    """Documents whose metadata say from where, exactly, in which revision they come."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    searcher: SkipValidation[Searcher]
    k: int = 10

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        return [to_document(evidence) for evidence in self.searcher.search(query, self.k)]


def to_document(evidence: Evidence) -> Document:
    """The passage as a LangChain document: text, id, and metadata enough to cite it."""
    passage, article = evidence.passage, evidence.article
    metadata: dict[str, Any] = {
        "article_id": article.id,
        "revision": passage.revision,
        "title": article.title,
        "publisher": article.publisher,
        "published": article.published.isoformat() if article.published else None,
        "url": article.url,
        "heading": passage.heading,
        "start": passage.start,
        "end": passage.end,
        "score": evidence.score,
        "dense": evidence.dense,
        "keyword": evidence.keyword,
        "sentences": list(evidence.sentences),
    }
    return Document(page_content=passage.text, metadata=metadata, id=passage.id)


def to_evidence(document: Document, index: Index) -> Evidence:
    """The evidence that ``to_document`` made a document of.

    Raises:
        KeyError: ``index`` does not hold the passage; another generation is served by now.
    """
    row = index.row(document.id or "")
    facts = document.metadata
    return Evidence(
        passage=index.passage(row),
        article=index.article_of(row),
        score=facts["score"],
        dense=facts["dense"],
        keyword=facts["keyword"],
        sentences=tuple(facts["sentences"]),
    )
