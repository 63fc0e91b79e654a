package io.vestibule.local.forms;

import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything that can be wrong with how the business shows itself.
 *
 * @param folder in which the logo is
 */
record BusinessCheck(Rulebook rules, Path folder) {

  List<Problem> problems(Source business) throws IOException {
    var problems = new ArrayList<>(business.problems());
    if (!problems.isEmpty() && business.tree().isMissingNode()) {
      return problems;
    }
    rules
        .broken(business.tree())
        .forEach(broken -> problems.add(business.problem(broken.getKey(), broken.getValue())));
    var colour = business.tree().path("accent").asText();
    if (Contrast.isColour(colour)) {
      problems.addAll(contrast(business, colour));
    }
    if (business.tree().path("logo").isTextual()) {
      for (String sentence :
          Drawing.problems(folder.resolve(business.tree().get("logo").asText()))) {
        problems.add(business.problem("/logo", "logo: " + sentence));
      }
    }
    if (business.tree().path("timeZone").isTextual()
        && !isTimeZone(business.tree().get("timeZone").asText())) {
      problems.add(
          business.problem("/timeZone", "timeZone is not known; write one such as Europe/Berlin"));
    }
    return problems;
  }

  private static boolean isTimeZone(String name) {
    try {
      var _ = ZoneId.of(name);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static List<Problem> contrast(Source business, String colour) {
    var problems = new ArrayList<Problem>();
    if (Contrast.between(colour, "#ffffff") < 4.5) {
      problems.add(
          business.problem(
              "/accent",
              "accent: white on %s has less contrast than 4.5 : 1; take a darker one"
                  .formatted(colour)));
    }
    if (Contrast.between(Contrast.lightened(colour, 0.62), "#14161a") < 4.5) {
      problems.add(
          business.problem(
              "/accent",
              "accent: links in %s cannot be read in dark mode; take a lighter one"
                  .formatted(colour)));
    }
    return problems;
  }
}
