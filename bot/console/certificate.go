package console

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"net"
	"os"
	"time"

	"zujian/knowledge/text"
)

// Certificate names the files of the page's certificate and its key, in PEM.
// Make says that they are made where they are missing.
type Certificate struct {
	File, Key string
	Make      bool
}

// madeLasts is how long a certificate of ours holds. Browsers take no longer
// one, and a new one has to be trusted anew.
const madeLasts = 820 * 24 * time.Hour

// load gives the certificate, nil where none is wanted.
func (c Certificate) load(names []string, now time.Time) (*tls.Certificate, error) {
	if c.File == "" {
		return nil, nil
	}
	if _, err := os.Stat(c.File); c.Make && errors.Is(err, fs.ErrNotExist) {
		if err := c.make(names, now); err != nil {
			return nil, fmt.Errorf("make a certificate: %w", err)
		}
	}
	pair, err := tls.LoadX509KeyPair(c.File, c.Key)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrCertificate, err)
	}
	return &pair, nil
}

// ErrCertificate is Listen's for a certificate that cannot be read.
var ErrCertificate = errors.New("console: the certificate cannot be used")

// Fingerprint is how a person tells a certificate of ours from another's.
func (s *Server) Fingerprint() string {
	if s.certificate == nil {
		return ""
	}
	sum := sha256.Sum256(s.certificate.Certificate[0])
	return fmt.Sprintf("% X", sum[:])
}

// make writes a certificate that we sign ourselves, and its key.
func (c Certificate) make(names []string, now time.Time) error {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120))
	if err != nil {
		return err
	}
	about := &x509.Certificate{SerialNumber: serial, Subject: pkix.Name{CommonName: "zujian"},
		NotBefore: now.Add(-time.Hour), NotAfter: now.Add(madeLasts),
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}, BasicConstraintsValid: true}
	for _, name := range append([]string{"localhost", "127.0.0.1", "::1"}, names...) {
		if ip := net.ParseIP(name); ip != nil {
			about.IPAddresses = append(about.IPAddresses, ip)
		} else {
			about.DNSNames = append(about.DNSNames, name)
		}
	}
	der, err := x509.CreateCertificate(rand.Reader, about, about, &key.PublicKey, key)
	if err != nil {
		return err
	}
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return err
	}
	return errors.Join(writePEM(c.Key, "PRIVATE KEY", secret), writePEM(c.File, "CERTIFICATE", der))
}

func writePEM(file, kind string, der []byte) error {
	return text.WriteWhole(file, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}))
}
