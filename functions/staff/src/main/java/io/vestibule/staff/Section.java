package io.vestibule.staff;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.web.Reply;
import java.util.Optional;

/**
 * Pages for staff that belong together. A section answers for its own addresses, and for whoever
 * may be there; all else is empty, so that nobody learns what there is.
 */
interface Section {

  /** What a GET or a HEAD gets. */
  Optional<Reply> read(Visit visit);

  /** What a form of ours that was posted does, and where it leads. */
  default Optional<Reply> write(Visit visit, ObjectNode values) {
    return Optional.empty();
  }
}
