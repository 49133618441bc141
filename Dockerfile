# The assistant in a container: built with what installs it, run with what serves it, by a user who isn't root.
# The root file system may be read-only: only /var/lib/assistant (index, feedback) and /tmp are written.

FROM python:3.11-slim AS built
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /opt/assistant
RUN python -m venv /opt/venv
# Nothing is installed but files whose digest is written there. sentence-transformers brings torch, for a reranker
# or another encoder alone: the one shipped is run by onnxruntime, and neither is in the image.
COPY deploy/requirements.txt deploy/requirements.txt
RUN /opt/venv/bin/pip install --require-hashes -r deploy/requirements.txt
COPY pyproject.toml README.md LICENSE ./
COPY corpus corpus
COPY ingest ingest
COPY assistant assistant
COPY evaluation evaluation
RUN /opt/venv/bin/pip install --no-deps --no-build-isolation -e . \
    && /opt/venv/bin/python -m compileall -q corpus ingest assistant

FROM python:3.11-slim
# Scanned pages are recognised by Tesseract.
RUN apt-get update -qq \
    && apt-get install -y -qq --no-install-recommends tesseract-ocr tesseract-ocr-fra \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin assistant \
    && install -d -o assistant -g assistant -m 0750 /var/lib/assistant
COPY --from=built /opt/venv /opt/venv
COPY --from=built /opt/assistant /opt/assistant
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    HOME=/tmp \
    ASSISTANT_HOST=0.0.0.0 \
    ASSISTANT_PORT=7860 \
    ASSISTANT_INDEX_DIR=/var/lib/assistant/index
WORKDIR /var/lib/assistant
USER assistant
VOLUME /var/lib/assistant
EXPOSE 7860
# The first start indexes the fiches; the port answers only once they are.
HEALTHCHECK --interval=30s --timeout=5s --start-period=300s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:7860/healthz', timeout=4)"]
CMD ["assistant", "serve"]
