package io.vestibule.core.targets;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where is counted how often each form was handed in: counts only, nothing of anybody.
 *
 * @param service which one
 * @param id of what counts there: a measurement id of Google Analytics 4, or a site of Plausible
 * @param region where Google takes it; anywhere, if absent
 * @param here the emulator of a local run; never in a deployment
 */
public record Analytics(
    @JsonProperty(required = true) Service service,
    @JsonProperty(required = true) String id,
    @Nullable Region region,
    @Nullable URI here) {

  public Analytics {
    if (!id.matches(service.ids)) {
      throw new IllegalArgumentException("\"id\" must be " + service.what);
    }
    if (region != null && service != Service.GA4) {
      throw new IllegalArgumentException("\"region\" is for ga4");
    }
  }

  /** Who counts. */
  public enum Service {
    /** Google Analytics 4, by its Measurement Protocol. */
    @JsonProperty("ga4")
    GA4("G-[A-Z0-9]{4,20}", "a measurement id, such as G-ABC123"),
    /** Plausible, in its cloud or on a server of the owner's. */
    @JsonProperty("plausible")
    PLAUSIBLE("[a-z0-9][a-z0-9.-]{0,99}", "the site's domain, such as example.com");

    private final String ids;
    private final String what;

    Service(String ids, String what) {
      this.ids = ids;
      this.what = what;
    }
  }

  /** Where Google takes what is counted. */
  public enum Region {
    @JsonProperty("eu")
    EU
  }

  /**
   * Where it is sent to.
   *
   * @param url of a server of the owner's, as the target's file has it
   */
  public URI server(@Nullable URI url) {
    if (here != null) {
      return here;
    }
    return switch (service) {
      case GA4 ->
          URI.create(
              "https://%s.google-analytics.com".formatted(region == null ? "www" : "region1"));
      case PLAUSIBLE -> Objects.requireNonNullElse(url, URI.create("https://plausible.io"));
    };
  }

  /**
   * Checks that it can be counted there.
   *
   * @throws IllegalArgumentException if it cannot
   */
  void check(@Nullable URI url, boolean isLocal) {
    PublicUrl.checkHere(here, isLocal);
    if (url != null && service != Service.PLAUSIBLE) {
      throw new IllegalArgumentException("\"url\" is for a Plausible of your own");
    }
  }
}
