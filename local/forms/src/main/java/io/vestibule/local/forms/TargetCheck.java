package io.vestibule.local.forms;

import io.vestibule.core.targets.Targets;
import io.vestibule.core.targets.Targets.BrokenTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Everything that can be wrong with one target. */
record TargetCheck(Rulebook rules) {

  List<Problem> problems(Source target) {
    var problems = new ArrayList<>(target.problems());
    if (!problems.isEmpty() && target.tree().isMissingNode()) {
      return problems;
    }
    rules
        .broken(target.tree())
        .forEach(broken -> problems.add(target.problem(broken.getKey(), broken.getValue())));
    if (problems.isEmpty()) {
      try {
        var _ = new Targets(Optional.empty(), Optional.empty()).read(target.name(), target.tree());
      } catch (BrokenTarget e) {
        problems.add(target.problem(member(e.reason()), e.reason()));
      }
    }
    return problems;
  }

  /** {@code "url" must …} is about the url. */
  private static String member(String sentence) {
    return sentence.startsWith("\"") ? "/" + sentence.substring(1, sentence.indexOf('"', 1)) : "";
  }
}
