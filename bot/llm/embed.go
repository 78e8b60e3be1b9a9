package llm

import (
	"context"
	"errors"
	"fmt"
	"math"

	"github.com/sashabaranov/go-openai"
)

// ErrNoEmbedding says that no model for vectors is configured.
var ErrNoEmbedding = errors.New("没有配置 embed_model")

const (
	mostEmbedded  = 64   // texts in one request
	longestEmbed  = 2000 // characters of a text; the rest is left away
	mostDimension = 8192
)

// Name is the model that Embed asks; "" where there is none.
func (c *Client) Name() string { return c.o.EmbedModel }

// Embed turns texts into vectors of one length, in their order: 64 texts at
// most. Numbers and names are masked as in Ask. It counts for no daily limit;
// the deadline of one call holds.
func (c *Client) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	if c.o.EmbedModel == "" {
		return nil, ErrNoEmbedding
	}
	if len(texts) == 0 || len(texts) > mostEmbedded {
		return nil, fmt.Errorf("%d texts in one request, from 1 to %d go", len(texts), mostEmbedded)
	}
	sent := make([]string, len(texts))
	for i, t := range texts {
		sent[i] = masked(beginning(t))
	}
	leave, err := c.enter(&c.embed, c.lanes, Embedding, -1, sent...)
	if err != nil {
		return nil, err
	}
	defer leave()
	ctx, cancel := context.WithTimeout(ctx, c.o.Deadline)
	defer cancel()
	reply, err := c.api.CreateEmbeddings(ctx, openai.EmbeddingRequest{Input: sent, Model: openai.EmbeddingModel(c.o.EmbedModel)})
	var out [][]float32
	if err == nil {
		out, err = vectors(reply.Data, len(texts))
	}
	c.embed.note(err, c.o.Now())
	if err != nil {
		return nil, fmt.Errorf("turn texts into vectors: %w", err)
	}
	return out, nil
}

func beginning(s string) string {
	if r := []rune(s); len(r) > longestEmbed {
		return string(r[:longestEmbed])
	}
	return s
}

// vectors puts a reply into the order of the texts. It fails where one is
// missing, of another length, or holds what is no number.
func vectors(data []openai.Embedding, n int) ([][]float32, error) {
	if len(data) != n {
		return nil, fmt.Errorf("%d vectors for %d texts", len(data), n)
	}
	out := make([][]float32, n)
	for _, e := range data {
		if e.Index < 0 || e.Index >= n || out[e.Index] != nil {
			return nil, errors.New("the vectors are numbered wrongly")
		}
		if len(e.Embedding) == 0 || len(e.Embedding) > mostDimension || len(e.Embedding) != len(data[0].Embedding) {
			return nil, errors.New("the vectors are of a wrong length")
		}
		for _, x := range e.Embedding {
			if math.IsNaN(float64(x)) || math.IsInf(float64(x), 0) {
				return nil, errors.New("a vector holds what is no number")
			}
		}
		out[e.Index] = e.Embedding
	}
	return out, nil
}
