package io.vestibule.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a million messages cost, in dollars by service: the table of the papers, which is the one
 * place where counted calls meet the price lists.
 */
record Money(Map<String, Double> costs) {

  private static final String MAIL = "SES";
  private static final String UNIT = "$/million";

  private static final Pattern COST =
      Pattern.compile("\\| ([\\w ()]+) \\| [^|]+ \\| [^|]+ \\| \\$(\\d+) \\|");

  /** Reads docs/costs.md. */
  static Money read(Path papers) throws IOException {
    Map<String, Double> costs = new TreeMap<>();
    for (var line : Files.readAllLines(papers)) {
      var cost = COST.matcher(line);
      if (cost.matches()) {
        costs.put(cost.group(1), Double.valueOf(cost.group(2)));
      }
    }
    return new Money(costs);
  }

  double mail() {
    return costs.getOrDefault(MAIL, 0.0);
  }

  double everythingElse() {
    return costs.values().stream().mapToDouble(it -> it).sum() - mail();
  }

  void tell(Figures figures) {
    var mail = new Series(List.of(mail()));
    var yardstick = Figure.of("mail, in money", mail, UNIT);
    figures.add(yardstick);
    figures.add(
        Figure.of(
            "everything but mail, in money",
            new Series(List.of(everythingElse())),
            UNIT,
            yardstick.name(),
            mail));
  }
}
