package io.vestibule.staff.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import io.vestibule.core.Json;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keys that an issuer signs with: it says where they are (OpenID Connect Discovery), and they
 * are kept for some minutes.
 */
public final class IssuerKeys implements JWKSource<SecurityContext> {

  private static final int LARGEST = 256 * 1024;

  private final String issuer;
  private final DefaultResourceRetriever retriever;
  private @Nullable JWKSource<SecurityContext> keys;

  /**
   * The keys of an issuer.
   *
   * @param patience for so long an answer of the issuer is waited for
   */
  public IssuerKeys(String issuer, Duration patience) {
    this.issuer = issuer;
    int timeout = (int) patience.toMillis();
    this.retriever = new DefaultResourceRetriever(timeout, timeout, LARGEST);
  }

  @Override
  public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context)
      throws KeySourceException {
    return keys().get(selector, context);
  }

  private synchronized JWKSource<SecurityContext> keys() throws KeySourceException {
    var known = keys;
    if (known == null) {
      known = JWKSourceBuilder.create(place(), retriever).build();
      keys = known;
    }
    return known;
  }

  private URL place() throws KeySourceException {
    try {
      var about = URI.create(issuer.replaceFirst("/$", "") + "/.well-known/openid-configuration");
      JsonNode said = Json.MAPPER.readTree(retriever.retrieveResource(about.toURL()).getContent());
      if (!said.path("issuer").asText().equals(issuer)) {
        throw new KeySourceException("the issuer calls itself otherwise");
      }
      return URI.create(said.path("jwks_uri").asText()).toURL();
    } catch (MalformedURLException | IllegalArgumentException e) {
      throw new KeySourceException("the issuer does not say where its keys are", e);
    } catch (IOException e) {
      throw new KeySourceException("the issuer does not answer", e);
    }
  }
}
