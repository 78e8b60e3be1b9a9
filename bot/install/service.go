// Package install makes the program part of a machine: a service that starts
// with it, a page that opens in the browser, a new release in the old one's place.
package install

import (
	"context"
	"errors"
	"os"
	"runtime"
	"slices"
	"strings"

	"github.com/kardianos/service"
)

// State is how a service stands.
type State string

// The states of a service, as a person reads them.
const (
	Running State = "装了，在运行"
	Stopped State = "装了，没有运行"
	Absent  State = "没有装"
)

// Errors for a person, each with what to do.
var (
	ErrNoManager = errors.New("这台机器上没有认得的服务管理（systemd、launchd 或者 Windows 服务），装不了。请直接运行，不要关掉它")
	ErrRights    = errors.New("没有权限。请用管理员身份打开命令窗口（Linux 用 sudo）再试")
	ErrThere     = errors.New("已经装过了。要换设置，请先卸掉再装")
	ErrAbsent    = errors.New("没有装过")
	errOther     = errors.New("服务管理没有照办，请看系统日志")
)

// Kind is what a service serves. Each kind is a service of its own, so that taking
// one off leaves the other alone.
type Kind struct{ name, title, about string }

// The kinds of service.
var (
	OneOffice = Kind{"zujian", "组建助手", "从文件里找原话，回答两新组织组建妇联的问题"}
	WholeCity = Kind{"zujian-city", "组建助手（几个单位）", "几个单位用一个程序，各从自己的文件里找原话，回答两新组织组建妇联的问题"}
)

// Service is this program as a service of the machine, run with args.
type Service struct{ service.Service }

// NewService gives the service; nothing is changed yet. On Linux it is the
// user's own where the user is not root.
func NewService(k Kind, args ...string) (Service, error) {
	s, err := service.New(&managed{}, k.config(args))
	return Service{s}, worded(err)
}

func (k Kind) config(args []string) *service.Config {
	own := runtime.GOOS == "linux" && os.Getuid() != 0
	return &service.Config{Name: k.name, DisplayName: k.title, Description: k.about, Arguments: args,
		Option: service.KeyValue{"UserService": own, "Restart": "on-failure"}}
}

// Install installs the service and starts it.
func (s Service) Install() error { return worded(errors.Join(s.Service.Install(), s.Service.Start())) }

// Uninstall stops the service and takes it off. Data stays.
func (s Service) Uninstall() error {
	_ = s.Service.Stop() // it may not be running
	return worded(s.Service.Uninstall())
}

// State says how the service stands.
func (s Service) State() (State, error) {
	status, err := s.Service.Status()
	switch {
	case errors.Is(worded(err), ErrAbsent), err != nil && service.Platform() == "unix-systemv": // System V only says that it failed
		return Absent, nil
	case err != nil:
		return "", worded(err)
	case status == service.StatusRunning:
		return Running, nil
	}
	return Stopped, nil
}

// worded puts what a service manager says into words for a person.
func worded(err error) error {
	if err == nil {
		return nil
	}
	text := strings.ToLower(err.Error())
	has := func(words ...string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(text, w) })
	}
	switch {
	case errors.Is(err, service.ErrNoServiceSystemDetected),
		has("no service system", "executable file not found", "failed to connect to bus", "not been booted"):
		return ErrNoManager
	case errors.Is(err, os.ErrPermission), has("denied", "permission"):
		return ErrRights
	case has("already exists", "already installed"):
		return ErrThere
	case errors.Is(err, service.ErrNotInstalled), has("not installed", "does not exist", "no such file"):
		return ErrAbsent
	}
	return errOther
}

// managed is the program under the service manager of Windows.
type managed struct {
	stop  context.CancelFunc
	ended chan struct{}
}

func (m *managed) Start(service.Service) error { return nil }

// Stop tells the program to end and waits until it has.
func (m *managed) Stop(service.Service) error {
	if m.stop != nil {
		m.stop()
		<-m.ended
	}
	return nil
}

// Managed gives a context that also ends when the service manager of Windows
// says so; elsewhere managers send signals. ended has to be called at the end.
func Managed(ctx context.Context) (told context.Context, ended func()) {
	if runtime.GOOS != "windows" || service.Interactive() {
		return ctx, func() {}
	}
	told, stop := context.WithCancel(ctx)
	m := &managed{stop, make(chan struct{})}
	s, err := service.New(m, OneOffice.config(nil))
	if err == nil {
		go func() { _ = s.Run() }()
	}
	return told, func() { stop(); close(m.ended) }
}
