"""A stand-in for a model of sentence-transformers, where only its loss is of interest."""
import torch
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from transformers import PreTrainedTokenizerFast


class Given(torch.nn.Module):
    """A model whose texts are vectors already."""

    max_seq_length = 8
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=Tokenizer(WordLevel({"a": 0}, unk_token="a")))

    def __init__(self, dimensions=4, key="rows"):
        super().__init__()
        self.dimensions, self.key = dimensions, key

    def __getitem__(self, i):
        return self

    def get_embedding_dimension(self):
        return self.dimensions

    def forward(self, features):
        return {"sentence_embedding": features[self.key]}
