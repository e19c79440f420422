module podium/local/probe

go 1.25.0
