package io.vestibule.door;

import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.SerializeException;
import com.nimbusds.oauth2.sdk.TokenErrorResponse;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.Prompt;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import io.vestibule.core.OperatorCode;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who knows our staff: an OpenID Connect provider, asked by its code flow with PKCE. What it gives
 * is not believed here; the function behind the door checks it.
 */
final class Issuer {

  private static final Logger LOG = LoggerFactory.getLogger(Issuer.class);

  /** Seconds: who signed in at the issuer longer ago than a session may last is asked again. */
  private static final int MAX_AGE = (int) Duration.ofHours(8).toSeconds();

  private final com.nimbusds.oauth2.sdk.id.Issuer name;
  private final ClientID client;
  private final Supplier<String> clientSecret;
  private final Scope scope;
  private final URI callback;
  private final int timeout;
  private @Nullable OIDCProviderMetadata metadata;

  /**
   * An issuer.
   *
   * @param clientSecret is asked for it each time that somebody comes back with a code
   * @param callback where the issuer sends people back to
   * @param patience for so long an answer of the issuer is waited for
   */
  Issuer(
      String name,
      String client,
      Supplier<String> clientSecret,
      String scope,
      URI callback,
      Duration patience) {
    this.name = new com.nimbusds.oauth2.sdk.id.Issuer(name);
    this.client = new ClientID(client);
    this.clientSecret = clientSecret;
    this.scope = Scope.parse(scope);
    this.callback = callback;
    this.timeout = (int) patience.toMillis();
  }

  /**
   * Where a person signs in.
   *
   * @param afresh whether the issuer is to ask them, even if it knows them already
   */
  URI page(SignIn signIn, boolean afresh) {
    var request =
        new AuthenticationRequest.Builder(new ResponseType("code"), scope, client, callback)
            .endpointURI(metadata().getAuthorizationEndpointURI())
            .state(new State(signIn.state()))
            .nonce(new Nonce(signIn.nonce()))
            .codeChallenge(new CodeVerifier(signIn.verifier()), CodeChallengeMethod.S256)
            .maxAge(MAX_AGE);
    if (afresh) {
      request.prompt(Prompt.Type.LOGIN);
    }
    return request.build().toURI();
  }

  /**
   * Gives the issuer the code that a person came back with.
   *
   * @return the ID token, unread; empty if the issuer does not know the code
   * @throws IllegalStateException it does not answer, or does not take us for who we are; the log
   *     has its word for it
   */
  Optional<String> idToken(String code, SignIn signIn) {
    try {
      var request =
          new TokenRequest.Builder(
                  metadata().getTokenEndpointURI(),
                  authentication(),
                  new AuthorizationCodeGrant(
                      new AuthorizationCode(code), callback, new CodeVerifier(signIn.verifier())))
              .build()
              .toHTTPRequest();
      request.setConnectTimeout(timeout);
      request.setReadTimeout(timeout);
      request.setFollowRedirects(false);
      return switch (OIDCTokenResponseParser.parse(request.send())) {
        case OIDCTokenResponse answer -> Optional.of(answer.getOIDCTokens().getIDTokenString());
        case TokenErrorResponse error -> refused(IssuerError.of(error.getErrorObject().getCode()));
        case TokenResponse _ -> throw new IllegalStateException("the issuer gives no ID token");
      };
    } catch (IOException | ParseException | SerializeException | IllegalArgumentException e) {
      throw new IllegalStateException("the issuer does not answer", e);
    }
  }

  /** A code is wrong whoever sends it. Everything else is between the issuer and us. */
  private static Optional<String> refused(IssuerError error) {
    if (error.isAboutTheCode()) {
      return Optional.empty();
    }
    var code = OperatorCode.STAFF_UNAVAILABLE.entry();
    LOG.error("The provider gives us no token: {}", error.text(), code);
    throw new IllegalStateException("the issuer gives us no token");
  }

  /** As it likes it; if it does not say, as RFC 6749 has every issuer take it. */
  private ClientAuthentication authentication() {
    var secret = new Secret(clientSecret.get());
    var methods = metadata().getTokenEndpointAuthMethods();
    return methods == null || methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
        ? new ClientSecretBasic(client, secret)
        : new ClientSecretPost(client, secret);
  }

  /** What the issuer says about itself, asked once. */
  private synchronized OIDCProviderMetadata metadata() {
    var known = metadata;
    if (known == null) {
      try {
        known = OIDCProviderMetadata.resolve(name, timeout, timeout);
        metadata = known;
      } catch (IOException | GeneralException e) {
        throw new IllegalStateException("the issuer does not say where it is", e);
      }
    }
    return known;
  }
}
