"""Other people's retrieval over the same passages and questions, used as their documents say.

Needs the packages of the ``bench`` extra. Every peer gives, for each question, the rows of its ten
best passages; where it cuts passages into chunks, a passage counts at its best chunk.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from vectorstore.bench.questions import QuestionSet
from vectorstore.embedder import Embedder

Best = list[int]
K = 10


def peers(asked: QuestionSet, embedder: Embedder) -> Iterator[tuple[str, Callable[[], list[Best]]]]:
    """Names of peers, and a function that asks each all questions."""
    texts, questions = asked.titled, asked.questions
    yield (
        "LangChain: RecursiveCharacterTextSplitter, Chroma, same embedder",
        lambda: langchain_chroma(texts, questions, embedder),
    )
    yield "LangChain: BM25Retriever", lambda: langchain_bm25(texts, questions)
    yield (
        "LangChain: EnsembleRetriever of the two, 0.5 and 0.5",
        lambda: langchain_ensemble(texts, questions, embedder),
    )
    yield "haystack: InMemoryBM25Retriever", lambda: haystack_bm25(texts, questions)
    yield "bm25s", lambda: bm25s_default(texts, questions)


def langchain_chroma(
    texts: Sequence[str], questions: Sequence[str], embedder: Embedder
) -> list[Best]:
    """``Chroma.from_documents`` over split documents, ``similarity_search``."""
    store = _chroma(texts, embedder)
    return [_rows(store.similarity_search(each, k=3 * K)) for each in questions]


def langchain_bm25(texts: Sequence[str], questions: Sequence[str]) -> list[Best]:
    """``BM25Retriever.from_documents`` with its own tokens, which are words."""
    retriever = _bm25(texts)
    return [_rows(retriever.invoke(each)) for each in questions]


def langchain_ensemble(
    texts: Sequence[str], questions: Sequence[str], embedder: Embedder
) -> list[Best]:
    """``EnsembleRetriever`` with the weights of its documentation."""
    from langchain_classic.retrievers import EnsembleRetriever

    dense = _chroma(texts, embedder).as_retriever(search_kwargs={"k": 3 * K})
    both = EnsembleRetriever(retrievers=[_bm25(texts), dense], weights=[0.5, 0.5])
    return [_rows(both.invoke(each)) for each in questions]


def haystack_bm25(texts: Sequence[str], questions: Sequence[str]) -> list[Best]:
    """Haystack's in-memory store with its defaults."""
    os.environ["HAYSTACK_TELEMETRY_ENABLED"] = "False"
    from haystack import Document
    from haystack.components.retrievers.in_memory import InMemoryBM25Retriever
    from haystack.document_stores.in_memory import InMemoryDocumentStore

    store = InMemoryDocumentStore()
    store.write_documents([Document(id=str(at), content=text) for at, text in enumerate(texts)])
    retriever = InMemoryBM25Retriever(store, top_k=K)
    return [[int(d.id) for d in retriever.run(query=each)["documents"]] for each in questions]


def bm25s_default(texts: Sequence[str], questions: Sequence[str]) -> list[Best]:
    """``bm25s.tokenize`` and ``BM25`` with their defaults."""
    import bm25s

    ranking = bm25s.BM25()
    ranking.index(bm25s.tokenize(list(texts), show_progress=False), show_progress=False)
    tokens = bm25s.tokenize(list(questions), show_progress=False)
    found, _ = ranking.retrieve(tokens, k=K, show_progress=False)
    return [[int(row) for row in rows] for rows in found]


def _documents(texts: Sequence[str]) -> list[Any]:
    from langchain_core.documents import Document
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    documents = [Document(page_content=t, metadata={"row": at}) for at, t in enumerate(texts)]
    splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
    return list(splitter.split_documents(documents))


def _chroma(texts: Sequence[str], embedder: Embedder) -> Any:  # noqa: ANN401
    from chromadb import EphemeralClient
    from langchain_chroma import Chroma

    client = EphemeralClient()
    for each in client.list_collections():
        client.delete_collection(each.name)
    return Chroma.from_documents(_documents(texts), _embeddings(embedder), client=client)


def _bm25(texts: Sequence[str]) -> Any:  # noqa: ANN401
    from langchain_community.retrievers import BM25Retriever

    return BM25Retriever.from_documents(_documents(texts), k=3 * K)


def _embeddings(embedder: Embedder) -> Any:  # noqa: ANN401
    from langchain_core.embeddings import Embeddings

    class Ours(Embeddings):
        """Our embedder as LangChain sees one."""

        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            vectors: list[list[float]] = embedder.embed_passages(texts).tolist()
            return vectors

        def embed_query(self, text: str) -> list[float]:
            vector: list[float] = embedder.embed_query(text).tolist()
            return vector

    return Ours()


def _rows(documents: Sequence[Any]) -> Best:
    return list(dict.fromkeys(int(document.metadata["row"]) for document in documents))[:K]
