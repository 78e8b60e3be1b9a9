package office

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"zujian/bot/store"
	"zujian/bot/store/mirror"
)

// storeConfig says where the records are, where they are not in the data folder.
type storeConfig struct {
	Postgres     string `toml:"postgres"` // such as postgres://zujian@10.0.0.5/zujian
	PasswordFile string `toml:"password_file"`
	PasswordEnv  string `toml:"password_env"`
	Office       string `toml:"office"` // whose they are; several offices may share a database
}

// check says in Chinese what is wrong; empty means nothing.
func (c storeConfig) check() string {
	u, err := url.Parse(c.Postgres)
	switch {
	case c.Postgres == "" && c.PasswordFile+c.PasswordEnv+c.Office == "":
		return ""
	case err != nil || u.Scheme != "postgres" && u.Scheme != "postgresql":
		return "store 里的 postgres 要像 postgres://zujian@10.0.0.5/zujian 这样，现在是“" + openly(c.Postgres) + "”。"
	case u.User != nil && strings.Contains(u.User.String(), ":") || u.Query().Has("password"):
		return "store 里的 postgres 不要带密码，密码请写在 password_file 指的文件里。"
	case c.PasswordFile != "" && c.PasswordEnv != "":
		return "store 里的 password_file 和 password_env 只能写一个。"
	}
	return ""
}

func (p *Office) storeFile() string { return filepath.Join(p.State(), BackupDatabase) }

// OpenStore opens the records where they are kept.
func (p *Office) OpenStore() (*store.DB, error) {
	if p.Config().Store.Postgres == "" {
		db, err := p.openFile()
		return p.ifHere(db, err, "记录已经搬到 PostgreSQL 里了。请在 zujian.toml 的 [store] 里写上 postgres；要搬回来，写上以后用 bot store move sqlite。")
	}
	db, err := p.openPostgres()
	db, err = p.ifHere(db, err, "记录已经搬回 zujian.db 了。"+
		"请把 zujian.toml 里 [store] 的 postgres 去掉；要再搬过去，用 bot store move postgres。")
	if err != nil {
		return nil, err
	}
	if err := p.noneLeft(db); err != nil {
		db.Close()
		return nil, err
	}
	return db, nil
}

func (p *Office) openFile() (*store.DB, error) {
	db, err := store.Open(p.storeFile())
	switch {
	case store.Damaged(err):
		return nil, Refuse("数据文件夹 %s 里的存储坏了，打不开。%s", p.State(), sayRestore)
	case store.Unwritable(err) || errors.Is(err, syscall.EROFS) || errors.Is(err, syscall.ENOSPC):
		return nil, Refuse("数据文件夹 %s 写不进去，磁盘满了，或者只能读。请腾出空间，或者用 --data 换一个文件夹；bot ask 照常能问。", p.State())
	case err != nil:
		return nil, Refuse("数据文件夹 %s 里的存储打不开：%v", p.State(), err)
	}
	return db, nil
}

func (p *Office) openPostgres() (*store.DB, error) {
	c := p.Config().Store
	if p.Place != nil && p.Place.Pool != nil {
		db, err := p.Place.Pool.Open(p.storeFile(), c.Office)
		return db, p.sayNoPostgres(err)
	}
	where := store.Postgres{URL: c.Postgres, Office: c.Office}
	if c.PasswordFile+c.PasswordEnv != "" {
		var err error
		if where.Password, err = Secret("配置里 PostgreSQL 的密码", c.PasswordFile, c.PasswordEnv); err != nil {
			return nil, err
		}
	}
	db, err := store.OpenPostgres(p.storeFile(), where)
	return db, p.sayNoPostgres(err)
}

func (p *Office) sayNoPostgres(err error) error {
	if err == nil {
		return nil
	}
	return Refuse("PostgreSQL 里的存储打不开。请看看 %s 那边在不在运行，这台机器连得上没有，密码对不对：%v", openly(p.Config().Store.Postgres), err)
}

// ifHere refuses a store that the records were moved from, or did not wholly
// arrive in.
func (p *Office) ifHere(db *store.DB, err error, went string) (*store.DB, error) {
	if err != nil {
		return nil, err
	}
	place, err := db.Place(context.WithoutCancel(p.Ctx))
	switch {
	case err != nil:
	case place == store.Moved:
		err = Refuse("%s", went)
	case place == store.Came:
		err = Refuse("上一次搬记录没有做完，请再运行一次 bot store move。")
	default:
		return db, nil
	}
	db.Close()
	return nil, err
}

// noneLeft refuses an empty store in PostgreSQL while there are records in the
// data folder: whoever wrote the address may not know that they have to be moved.
func (p *Office) noneLeft(db *store.DB) error {
	if fresh, err := db.Fresh(context.WithoutCancel(p.Ctx)); err != nil || !fresh || !exists(p.storeFile()) {
		return err
	}
	old, err := p.openFile()
	if err != nil {
		return err
	}
	defer old.Close()
	place, err := old.Place(context.WithoutCancel(p.Ctx))
	fresh, empty := old.Fresh(context.WithoutCancel(p.Ctx))
	if err = errors.Join(err, empty); err != nil || place == store.Moved || fresh {
		return err
	}
	return Refuse("zujian.db 里有以前的记录，PostgreSQL 里还没有。请先用 bot store move postgres 搬过去；不要了，就把 zujian.db 挪开。")
}

// MoveStore moves the records and the files to PostgreSQL or back, while nobody serves, and
// gives how many there are of each kind.
func (p *Office) MoveStore(toPostgres bool) (map[string]int, error) {
	if p.Config().Store.Postgres == "" {
		return nil, Refuse("不知道 PostgreSQL 在哪里。请在 zujian.toml 里写：\n[store]\npostgres = \"postgres://用户@地址/库\"\npassword_file = \"放密码的文件\"")
	}
	release, err := store.Serve(p.State())
	if err != nil {
		return nil, Refuse("现在不能搬：%v。", err)
	}
	defer release()
	from, err := p.openFile()
	if err != nil {
		return nil, err
	}
	defer from.Close()
	to, err := p.openPostgres()
	if err != nil {
		return nil, err
	}
	defer to.Close()
	if !toPostgres {
		from, to = to, from
	}
	counts, err := store.Move(p.Ctx, from, to, p.copy())
	switch {
	case errors.Is(err, store.ErrTaken):
		return nil, Refuse("那一边已经有记录了，没有搬，两边都没有动。")
	case errors.Is(err, store.ErrInUse):
		return nil, Refuse("别的机器上的服务还在用 PostgreSQL 里的记录，没有搬。请把它们都停下再搬。")
	case errors.Is(err, store.ErrNotHere):
		return nil, Refuse("这一边的记录已经搬走了，没有再搬。")
	case err != nil:
		return nil, Refuse("没有搬成，两边都是原来的样子：%v", err)
	case !toPostgres:
		_ = os.Remove(filepath.Join(p.Data, mirror.State)) // the folder follows nobody any more
	}
	return counts, nil
}

// keptKinds are what an operator knows of what is kept.
var keptKinds = []struct{ table, name string }{
	{store.FilesTable, "文件、正文和规则"}, {"audit", "问答记录"}, {"unanswered", "没答上的问题"}, {"feedback", "有用没用"},
	{"reminder", "提醒"}, {"firing", "提醒的结果"}, {"outbox", "消息"}, {"session", "没做完的对话"}, {"operator", "管理员"},
}

// CountWords says how many there are of each kind, a line each.
func CountWords(counts map[string]int) string {
	var b strings.Builder
	for _, k := range keptKinds {
		if n := counts[k.table]; n > 0 {
			fmt.Fprintf(&b, "%s：%d\n", k.name, n)
		}
	}
	return b.String()
}
