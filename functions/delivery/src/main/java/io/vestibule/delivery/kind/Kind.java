package io.vestibule.delivery.kind;

import java.util.List;
import java.util.Optional;

/**
 * How targets of one kind are told. Whatever a partner does, or does not do, is an {@link Answer}:
 * no method throws for it. Each call makes one attempt.
 */
public interface Kind {

  /**
   * Tells a target what came in.
   *
   * @param messages oldest first: one, unless messages of this target are {@linkplain
   *     io.vestibule.core.targets.Target#gathered gathered}
   */
  Answer send(Order order, List<Message> messages);

  /**
   * Gets what a call needs and takes time to get, before the person is looked at whom it is about.
   *
   * @return what is against telling anything now; empty if nothing is
   */
  default Optional<Answer> ready(Order order) {
    return Optional.empty();
  }

  /** Has a target delete what it was told about somebody. */
  Answer erase(Order order, Erasure erasure);

  /** Has a target use what it was told no more for a purpose. */
  Answer unsubscribe(Order order, Withdrawal withdrawal);

  /**
   * Asks a target, without telling it of anybody, whether all is there that it needs.
   *
   * @return a sentence for each thing that is missing; none if nothing is, or if nothing can be
   *     asked
   */
  default List<String> check(Order order) {
    return List.of();
  }
}
