package engine

import (
	"context"
	"sync"
	"testing"
)

// TestQuestionsTogether asks at the same time: what is kept of entries between
// questions is safe for that, which the race detector tells.
func TestQuestionsTogether(t *testing.T) {
	a := trial(t, map[string]string{"craft": craft, "shops": shops})
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			for _, q := range []string{"小店补贴多少钱", "什么时候申请", "由谁审核", "手工编织的呢", "要什么材料", "能不能申请"} {
				if _, err := a.Ask(context.Background(), []string{q}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wait.Wait()
}
