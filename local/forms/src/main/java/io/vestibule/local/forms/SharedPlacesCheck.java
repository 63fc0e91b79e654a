package io.vestibule.local.forms;

import static java.util.function.Predicate.not;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A newsletter has one status for each person on a list: what one target ends there, another cannot
 * go on with. So no list belongs to two targets. A retired one goes on with nothing, and its file
 * is to stay: it may have the list of the one that came after it. In CRMs each target has records
 * of its own.
 *
 * @param targets all of them
 */
record SharedPlacesCheck(List<Source> targets) {

  /**
   * Where a target makes people subscribers.
   *
   * @param pointer to the member that names it
   * @param what it is, for people
   * @param name the same for whoever means the same
   */
  private record Place(String pointer, String what, String name) {}

  List<Problem> problems() {
    var owners = new HashMap<String, Source>();
    var problems = new ArrayList<Problem>();
    for (Source target : targets.stream().filter(not(SharedPlacesCheck::isRetired)).toList()) {
      places(target.tree())
          .forEach(
              it -> {
                Source owner = owners.putIfAbsent(it.name(), target);
                if (owner != null && owner != target) {
                  problems.add(target.problem(it.pointer(), sentence(it, owner)));
                }
              });
    }
    return problems;
  }

  private static boolean isRetired(Source target) {
    return target.tree().path("retired").asBoolean();
  }

  private static String sentence(Place place, Source owner) {
    return "%s is that of %s, too: what one of them ends there, the other could not go on with; name"
            .formatted(place.what(), owner.path())
        + " it in one file only, or retire the other target";
  }

  private static Stream<Place> places(JsonNode target) {
    return switch (target.path("kind").asText()) {
      case "mailchimp" -> audience(target.at("/mailchimp/audience"));
      case "listmonk" -> lists(target.at("/listmonk/lists"), target.path("url"));
      default -> Stream.empty();
    };
  }

  private static Stream<Place> audience(JsonNode id) {
    return id.isTextual()
        ? Stream.of(
            new Place(
                "/mailchimp/audience",
                "the audience " + id.asText(),
                "audience " + id.asText().toLowerCase(Locale.ROOT)))
        : Stream.empty();
  }

  private static Stream<Place> lists(JsonNode ids, JsonNode url) {
    return IntStream.range(0, url.isTextual() ? ids.size() : 0)
        .filter(at -> ids.path(at).isInt())
        .mapToObj(
            at ->
                new Place(
                    "/listmonk/lists/" + at,
                    "the list " + ids.path(at),
                    "list %s of %s".formatted(ids.path(at), server(url.asText()))));
  }

  /** An address as everybody writes it who means the same server. */
  private static String server(String url) {
    try {
      var uri = URI.create(url);
      return uri.getHost() == null ? url : uri.getHost().toLowerCase(Locale.ROOT) + uri.getPath();
    } catch (IllegalArgumentException e) {
      return url; // Which its own check tells.
    }
  }
}
