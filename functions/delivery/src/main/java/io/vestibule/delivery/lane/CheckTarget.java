package io.vestibule.delivery.lane;

import io.vestibule.core.targets.Targets;
import java.util.List;

/** Tells whoever sets up a target what it still lacks. */
public final class CheckTarget {

  /** Of an order that tells nobody of anything. */
  private static final String NOBODY = "check";

  private final Targets targets;
  private final Kinds kinds;

  public CheckTarget(Targets targets, Kinds kinds) {
    this.targets = targets;
    this.kinds = kinds;
  }

  /** A sentence for each thing that is missing. */
  public List<String> run(String name) {
    return targets
        .find(name)
        .map(it -> kinds.of(it).check(kinds.order(it, NOBODY)))
        .orElseGet(() -> List.of("There is no target of this name: shared/targets has none."));
  }
}
