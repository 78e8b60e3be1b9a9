// Package text is the one reading of Chinese text for the whole house: numbers
// in every writing, the form in which texts are compared, what is denied and
// how far a denial reaches, whether a statement is one at all, dates, Beijing's
// zone, and numbers that must not be kept. It imports nothing of the project.
package text
