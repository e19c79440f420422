# The faulty target with the reserved user of the collector, for the test that it is rejected. It is not a
# build argument of the other Dockerfile, because builders with a layer cache would confuse the images.
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
