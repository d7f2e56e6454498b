package config

import (
	"fmt"
	"os"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	apiserver "k8s.io/apiserver/pkg/apis/apiserver/v1"
	"sigs.k8s.io/yaml"

	"quarterdeck/sandbox/internal/state"
)

// IssuerPort is where the issuer of a real node listens, on the host's end of the node's link.
const IssuerPort = 5556

// IssuerAt describes the issuer of a cluster at an address that its API server can reach.
func (s Settings) IssuerAt(host string, port int) *state.Issuer {
	return &state.Issuer{
		URL: fmt.Sprintf("https://%s:%d", host, port), ClientID: "quarterdeck",
		Certificate: s.pki("issuer.crt"), Key: s.pki("issuer.key"), Authority: s.pki("issuer-ca.crt"),
	}
}

const authenticationFile = "authentication.yaml"

// WriteAuthentication writes what the API server knows of foreign tokens. It looks for the issuer until it is there, and starts without it.
func WriteAuthentication(settings Settings, issuer *state.Issuer) error {
	authority, err := os.ReadFile(issuer.Authority)
	if err != nil {
		return err
	}
	content, err := authentication(issuer, string(authority))
	if err != nil {
		return err
	}
	return os.WriteFile(settings.Cluster.Path(authenticationFile), content, 0o600)
}

func authentication(issuer *state.Issuer, authority string) ([]byte, error) {
	prefix := "oidc:"
	mapped := func(claim string) apiserver.PrefixedClaimOrExpression {
		return apiserver.PrefixedClaimOrExpression{Claim: claim, Prefix: &prefix}
	}
	return yaml.Marshal(apiserver.AuthenticationConfiguration{
		TypeMeta: metav1.TypeMeta{APIVersion: apiserver.SchemeGroupVersion.String(), Kind: "AuthenticationConfiguration"},
		JWT: []apiserver.JWTAuthenticator{{
			Issuer:        apiserver.Issuer{URL: issuer.URL, CertificateAuthority: authority, Audiences: []string{issuer.ClientID}},
			ClaimMappings: apiserver.ClaimMappings{Username: mapped("sub"), Groups: mapped("groups")},
		}},
	})
}
