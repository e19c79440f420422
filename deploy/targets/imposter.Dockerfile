# The faulty target as a user that is not its to have: for the test that it is refused. A build argument for
# the user would do in one recipe, but builders with a cache of layers take one image for the other.
ARG GO=golang:1.26

FROM ${GO} AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY cmd ./cmd
COPY internal ./internal
RUN CGO_ENABLED=0 go build -trimpath -ldflags "-s -w" -o /target ./cmd/faulty

FROM scratch
COPY --from=build /target /target
USER 64102:64102
EXPOSE 8080
ENTRYPOINT ["/target"]
