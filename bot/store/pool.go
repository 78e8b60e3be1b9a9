package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"sync"

	"github.com/jackc/pgx/v5/stdlib"
)

// Pool is the connections to one database that the offices of one program share.
// Whoever takes one is told apart first: no office finds the setting of another.
type Pool struct {
	connector driver.Connector
	slots     chan struct{} // as many as may be lent

	mu   sync.Mutex
	idle []conn

	holds holds
	ears  ears
}

// ofOffice is how many connections one office has at most, so that it leaves some
// to the others.
const ofOffice = sessions / 4

// NewPool gives the connections to a database. None is made before it is needed.
func NewPool(p Postgres) (*Pool, error) {
	config, err := p.config()
	if err != nil {
		return nil, err
	}
	made := &Pool{connector: &connector{Connector: stdlib.GetConnector(*config)}, slots: make(chan struct{}, sessions)}
	made.holds.connector = made.connector
	made.ears.begin(made.connector)
	return made, nil
}

// Open opens the store of an office, as OpenPostgres does, over the pool.
func (p *Pool) Open(path, office string) (*DB, error) {
	handle := sql.OpenDB(lender{p, office})
	handle.SetMaxOpenConns(ofOffice)
	handle.SetMaxIdleConns(-1) // it gives each back at once
	db := &DB{sql: handle, reads: handle, engine: &inPostgres, office: office, pool: p}
	if err := db.begin(context.Background()); err != nil {
		return nil, errors.Join(err, handle.Close())
	}
	return db.prepared(path)
}

// Close ends the connections. It is for after the stores are closed.
func (p *Pool) Close() error {
	p.ears.end()
	p.holds.end()
	p.mu.Lock()
	defer p.mu.Unlock()
	var all []error
	for _, c := range p.idle {
		all = append(all, c.Close())
	}
	p.idle = nil
	return errors.Join(all...)
}

// take gives a connection that nobody has, once there is one.
func (p *Pool) take(ctx context.Context) (conn, error) {
	select {
	case p.slots <- struct{}{}:
	case <-ctx.Done():
		return conn{}, ctx.Err()
	}
	p.mu.Lock()
	if n := len(p.idle); n > 0 {
		c := p.idle[n-1]
		p.idle = p.idle[:n-1]
		p.mu.Unlock()
		return c, nil
	}
	p.mu.Unlock()
	made, err := p.connector.Connect(ctx)
	if err != nil {
		<-p.slots
		return conn{}, err
	}
	return made.(conn), nil
}

// give takes a connection back, or ends one that is not as it was.
func (p *Pool) give(c conn) error {
	defer func() { <-p.slots }()
	if raw := c.Conn.Conn(); raw.IsClosed() || raw.PgConn().TxStatus() != 'I' {
		return c.Close()
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.idle = append(p.idle, c)
	return nil
}

// lender gives an office connections of the pool.
type lender struct {
	pool   *Pool
	office string
}

// Connect gives a connection that shows the office's rows and no others. One that
// may have been cut while nobody had it is made anew.
func (l lender) Connect(ctx context.Context) (driver.Conn, error) {
	for {
		c, err := l.pool.take(ctx)
		if err != nil {
			return nil, err
		}
		_, err = c.Conn.Conn().Exec(ctx, "SELECT set_config('zujian.office', $1, false)", l.office)
		if err == nil {
			return onLoan{c, l.pool}, nil
		}
		_ = c.Conn.Conn().Close(context.WithoutCancel(ctx))
		_ = l.pool.give(c)
		if ctx.Err() != nil || !away(err) {
			return nil, err
		}
	}
}

func (l lender) Driver() driver.Driver { return l.pool.connector.Driver() }

// onLoan is a connection of the pool as long as an office has it.
type onLoan struct {
	conn
	pool *Pool
}

// Close gives it back.
func (c onLoan) Close() error { return c.pool.give(c.conn) }
