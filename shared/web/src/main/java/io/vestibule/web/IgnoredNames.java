package io.vestibule.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.Json;
import io.vestibule.core.forms.Entry;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The names of what was posted and is not taken, told to whoever made the page. They come from
 * strangers, and go into a header: a name that is longer than 40 characters, or has others than
 * {@code A-Z a-z 0-9 _ . [ ] -}, and every name after the first 20, is told of as {@code *}.
 */
public record IgnoredNames(List<String> names) {

  /** The header that tells them. */
  public static final String HEADER = "Vestibule-Ignored";

  private static final Pattern FIT = Pattern.compile("[A-Za-z0-9_.\\[\\]-]{1,40}");
  private static final int MOST = 20;
  private static final String OTHERS = "*";

  public IgnoredNames {
    names = List.copyOf(names);
  }

  /** What is not taken of an entry, in the order in which it came. */
  public static IgnoredNames of(Entry entry) {
    var all = entry.ignored().propertyStream().map(Map.Entry::getKey).toList();
    var told = all.stream().filter(name -> FIT.matcher(name).matches()).limit(MOST).toList();
    var others = told.size() < all.size() ? Stream.of(OTHERS) : Stream.<String>empty();
    return new IgnoredNames(Stream.concat(told.stream(), others).toList());
  }

  public boolean isEmpty() {
    return names.isEmpty();
  }

  /** The reply, with the header if there is anything to tell. */
  public Reply on(Reply reply) {
    return isEmpty() ? reply : reply.with(HEADER, String.join(", ", names));
  }

  /** As a list for programs. */
  public JsonNode json() {
    return Json.MAPPER.valueToTree(names);
  }
}
