package ilink

import (
	"bytes"
	"encoding/json"
	"strconv"
)

// decode reads an answer, which has to be a JSON object.
func decode(data []byte, into any) error {
	data = bytes.TrimSpace(data)
	if len(data) == 0 || data[0] != '{' || json.Unmarshal(data, into) != nil {
		return errStrange
	}
	return nil
}

// number is an integer of 64 bits, signed or not, that comes as a JSON number
// or in quotes. Missing, null and "" are empty.
type number string

// UnmarshalJSON takes nothing but whole numbers.
func (n *number) UnmarshalJSON(data []byte) error {
	s := string(bytes.Trim(data, `"`))
	if s == "" || s == "null" {
		*n = ""
		return nil
	}
	if i, err := strconv.ParseInt(s, 10, 64); err == nil {
		*n = number(strconv.FormatInt(i, 10))
		return nil
	}
	u, err := strconv.ParseUint(s, 10, 64)
	if err != nil {
		return errStrange
	}
	*n = number(strconv.FormatUint(u, 10))
	return nil
}

// int gives the number; 0 where it is empty or too large.
func (n number) int() int64 {
	i, err := strconv.ParseInt(string(n), 10, 64)
	if err != nil {
		return 0
	}
	return i
}

// verdict is in every answer. Either code may be the one that counts; both are
// left out where all is well.
type verdict struct {
	Ret  number `json:"ret"`
	Code number `json:"errcode"`
}

func (v verdict) err() error {
	if code := v.Code.int(); code != 0 {
		return ofCode(code)
	}
	return ofCode(v.Ret.int())
}

// codeAnswer is get_bot_qrcode's. Whoever knows Code can fetch the login.
type codeAnswer struct {
	verdict
	Code string `json:"qrcode"`
	Show string `json:"qrcode_img_content"`
}

// statusAnswer is get_qrcode_status's.
type statusAnswer struct {
	verdict
	Status   string `json:"status"`
	Token    string `json:"bot_token"`
	BaseURL  string `json:"baseurl"`
	Bot      string `json:"ilink_bot_id"`
	User     string `json:"ilink_user_id"`
	Redirect string `json:"redirect_host"`
}

// updates is getupdates'. Messages are decoded one by one, so that one that
// makes no sense does not keep those beside it back for ever.
type updates struct {
	verdict
	Messages []json.RawMessage `json:"msgs"`
	Buf      string            `json:"get_updates_buf"`
	Hold     number            `json:"longpolling_timeout_ms"`
}

// message is WeixinMessage.
type message struct {
	ID      number `json:"message_id"`
	Seq     number `json:"seq"`
	From    string `json:"from_user_id"`
	Group   string `json:"group_id"`
	Type    number `json:"message_type"` // 1 of a person, 2 of a robot
	Created number `json:"create_time_ms"`
	Deleted number `json:"delete_time_ms"`
	Token   string `json:"context_token"`
	Items   []item `json:"item_list"`
}

// item is MessageItem, as far as it holds words.
type item struct {
	Type number `json:"type"`
	Text struct {
		Text string `json:"text"`
	} `json:"text_item"`
	Ref   *reference `json:"ref_msg"` // what the message quotes
	Voice struct {
		Text string `json:"text"` // the far end's transcription
	} `json:"voice_item"`
}

type reference struct {
	Item item `json:"message_item"`
}

// Values of item.Type.
const (
	itemText  = 1
	itemVoice = 3
)

// typeBot is message.Type for what a robot sent.
const typeBot = 2

// sentAnswer is sendmessage's answer.
type sentAnswer struct {
	verdict
	ID number `json:"message_id"`
}
