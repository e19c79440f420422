package behaviour

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
)

// maxBody bounds the memory for the body of a request.
const maxBody = 64 << 10

// firstID is the id of a user created without one. It is constant, because the
// body would grow with an increasing number.
const firstID = 1

// User is the body of every 2xx answer below /users.
type User struct {
	ID    int64  `json:"id"`
	Name  string `json:"name"`
	Email string `json:"email"`
}

// userInput is the body of POST and PUT; unknown fields are ignored.
type userInput struct {
	ID   *int64 `json:"id"`
	Name string `json:"name"`
}

// GetUser answers GET /users/{id}. Every positive id has a user, computed from
// the id only: a target has no store that could grow, lock or become slower.
func GetUser(id string) Response {
	n, problem := parseID(id)
	if problem != nil {
		return *problem
	}
	return encoded(http.StatusOK, newUser(n, ""))
}

// CreateUser answers POST /users. Nothing is stored.
func CreateUser(body io.Reader) Response {
	input, err := decodeUser(body)
	if err != nil {
		return failed(http.StatusBadRequest, err.Error())
	}
	id := int64(firstID)
	if input.ID != nil {
		id = *input.ID
	}
	if id <= 0 {
		return failed(http.StatusBadRequest, fmt.Sprintf("field id must be a positive integer, but it is %d", id))
	}
	response := encoded(http.StatusCreated, newUser(id, input.Name))
	response.Headers = []Header{{"Location", "/users/" + strconv.FormatInt(id, 10)}}
	return response
}

// UpdateUser answers PUT /users/{id}. Nothing is stored.
func UpdateUser(id string, body io.Reader) Response {
	n, problem := parseID(id)
	if problem != nil {
		return *problem
	}
	input, err := decodeUser(body)
	if err != nil {
		return failed(http.StatusBadRequest, err.Error())
	}
	if input.ID != nil && *input.ID != n {
		return failed(http.StatusBadRequest, fmt.Sprintf("field id is %d, but the path says %d", *input.ID, n))
	}
	return encoded(http.StatusOK, newUser(n, input.Name))
}

func newUser(id int64, name string) User {
	n := strconv.FormatInt(id, 10)
	if name == "" {
		name = "user-" + n
	}
	return User{ID: id, Name: name, Email: "user-" + n + "@example.test"}
}

// parseID returns either the id or the error response. For a number out of
// range this is 404, because it is a valid number without a user.
func parseID(text string) (int64, *Response) {
	id, err := strconv.ParseInt(text, 10, 64)
	var problem Response
	switch {
	case err != nil && !errors.Is(err, strconv.ErrRange):
		problem = failed(http.StatusBadRequest, fmt.Sprintf("user id must be a number, but it is %q", text))
	case err != nil || id <= 0:
		problem = failed(http.StatusNotFound, "no user has the id "+text)
	default:
		return id, nil
	}
	return 0, &problem
}

func decodeUser(body io.Reader) (userInput, error) {
	text, err := io.ReadAll(io.LimitReader(body, maxBody+1))
	switch {
	case err != nil:
		return userInput{}, fmt.Errorf("the body could not be read: %w", err)
	case len(text) == 0:
		return userInput{}, errors.New("the body is empty, but a JSON object is needed")
	case len(text) > maxBody:
		return userInput{}, fmt.Errorf("the body is larger than %d bytes", maxBody)
	}
	// A pointer, because null would decode into a struct without an error.
	var input *userInput
	if err := json.Unmarshal(text, &input); err != nil {
		return userInput{}, explain(err)
	}
	if input == nil {
		return userInput{}, errors.New("the body must be a JSON object, but it is null")
	}
	return *input, nil
}

// explain rewrites a decoding error in terms of the body instead of Go types.
func explain(err error) error {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		return fmt.Errorf("the body is not JSON at byte %d: %w", syntax.Offset, err)
	case errors.As(err, &kind) && kind.Field == "":
		return fmt.Errorf("the body must be a JSON object, but it is a JSON %s", kind.Value)
	case errors.As(err, &kind) && kind.Field == "id":
		return fmt.Errorf("field id must be an integer, but it is a JSON %s", kind.Value)
	case errors.As(err, &kind):
		return fmt.Errorf("field %s must be a string, but it is a JSON %s", kind.Field, kind.Value)
	default:
		return fmt.Errorf("the body could not be decoded: %w", err)
	}
}
