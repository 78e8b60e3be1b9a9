package engine

import (
	"math"
	"slices"
)

// pairs are differences between a right candidate and a wrong one of the same
// question, each with how much it counts.
type pairs struct {
	rows    [][]float32
	weights []float64
}

// fitPairs learns by how much each feature tells right from wrong: logistic
// regression over the differences, without intercept, with a penalty.
func fitPairs(p pairs, penalty float64) []float64 {
	if len(p.rows) == 0 {
		return nil
	}
	return fit(len(p.rows), len(p.rows[0]), func(i int) []float32 { return p.rows[i] }, func(i int) (float64,
		float64) {
		return 1, p.weights[i]
	}, penalty, false)
}

// fit is logistic regression by L-BFGS-like steps: rows are standardised by
// their spread. target gives 1 or 0 and the weight of a row. Where intercept is
// set the last of the result is one.
func fit(n, dim int, rowAt func(int) []float32, target func(int) (y, weight float64), penalty float64, intercept bool) []float64 {
	scale, mean := make([]float64, dim), make([]float64, dim)
	for i := range n {
		for k, v := range rowAt(i) {
			mean[k] += float64(v)
			scale[k] += float64(v) * float64(v)
		}
	}
	for k := range scale {
		mean[k] /= float64(n)
		scale[k] = math.Sqrt(max(0, scale[k]/float64(n)-mean[k]*mean[k])) + 1e-6
		if !intercept {
			mean[k] = 0
		}
	}
	size := dim
	if intercept {
		size++
	}
	value := func(w, grad []float64) float64 {
		loss := 0.0
		clear(grad)
		for i := range n {
			r := rowAt(i)
			z := 0.0
			for k, v := range r {
				z += w[k] * (float64(v) - mean[k]) / scale[k]
			}
			if intercept {
				z += w[dim]
			}
			y, weight := target(i)
			p := 1 / (1 + math.Exp(-z))
			loss += weight * (math.Log1p(math.Exp(-math.Abs(z))) + max(z, 0) - y*z)
			g := weight * (p - y)
			for k, v := range r {
				grad[k] += g * (float64(v) - mean[k]) / scale[k]
			}
			if intercept {
				grad[dim] += g
			}
		}
		for k := range dim {
			loss += penalty / 2 * w[k] * w[k]
			grad[k] += penalty * w[k]
		}
		return loss
	}
	w := minimise(size, value)
	out := make([]float64, size)
	shift := 0.0
	for k := range dim {
		out[k] = w[k] / scale[k]
		shift += out[k] * mean[k]
	}
	if intercept {
		out[dim] = w[dim] - shift
	}
	return out
}

// minimise finds a minimum by L-BFGS with backtracking.
func minimise(size int, value func(w, grad []float64) float64) []float64 {
	const memory, steps = 8, 60
	w, grad := make([]float64, size), make([]float64, size)
	f := value(w, grad)
	var s, y [][]float64
	var rho []float64
	for range steps {
		d := direction(grad, s, y, rho)
		slope := dot(d, grad)
		if slope > -1e-9 {
			break
		}
		step := 1.0
		if len(s) == 0 {
			step = min(1, 1/math.Sqrt(dot(grad, grad)+1e-12))
		}
		next, nextGrad := make([]float64, size), make([]float64, size)
		var g float64
		for range 20 {
			for k := range w {
				next[k] = w[k] + step*d[k]
			}
			if g = value(next, nextGrad); g <= f+1e-4*step*slope {
				break
			}
			step /= 2
		}
		ds, dy := minus(next, w), minus(nextGrad, grad)
		if b := dot(ds, dy); b > 1e-12 {
			s, y, rho = append(s, ds), append(y, dy), append(rho, 1/b)
			if len(s) > memory {
				s, y, rho = s[1:], y[1:], rho[1:]
			}
		}
		done := f-g < 1e-6*math.Abs(f)
		w, grad, f = next, nextGrad, g
		if done {
			break
		}
	}
	return w
}

func direction(grad []float64, s, y [][]float64, rho []float64) []float64 {
	d := slices.Clone(grad)
	alpha := make([]float64, len(s))
	for i := len(s) - 1; i >= 0; i-- {
		alpha[i] = rho[i] * dot(s[i], d)
		for k := range d {
			d[k] -= alpha[i] * y[i][k]
		}
	}
	if n := len(s); n > 0 {
		c := dot(s[n-1], y[n-1]) / dot(y[n-1], y[n-1])
		for k := range d {
			d[k] *= c
		}
	}
	for i := range s {
		b := rho[i] * dot(y[i], d)
		for k := range d {
			d[k] += s[i][k] * (alpha[i] - b)
		}
	}
	for k := range d {
		d[k] = -d[k]
	}
	return d
}

func dot(a, b []float64) float64 {
	sum := 0.0
	for i := range a {
		sum += a[i] * b[i]
	}
	return sum
}

func minus(a, b []float64) []float64 {
	out := make([]float64, len(a))
	for i := range a {
		out[i] = a[i] - b[i]
	}
	return out
}
