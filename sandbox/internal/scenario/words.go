package scenario

import (
	"errors"
	"strings"
)

// Words splits a command line as a shell does with quotes and backslashes, and without anything else a shell does.
func Words(line string) ([]string, error) {
	var words []string
	var word strings.Builder
	var quote rune
	inWord, escaped := false, false
	for _, letter := range line {
		switch {
		case escaped:
			word.WriteRune(letter)
			escaped = false
		case letter == '\\' && quote != '\'':
			escaped, inWord = true, true
		case quote != 0 && letter == quote:
			quote = 0
		case quote != 0:
			word.WriteRune(letter)
		case letter == '\'' || letter == '"':
			quote, inWord = letter, true
		case letter == ' ' || letter == '\t' || letter == '\n':
			if inWord {
				words = append(words, word.String())
				word.Reset()
			}
			inWord = false
		default:
			word.WriteRune(letter)
			inWord = true
		}
	}
	if quote != 0 || escaped {
		return nil, errors.New("a quote is not closed in: " + line)
	}
	if inWord {
		words = append(words, word.String())
	}
	return words, nil
}
