package io.vestibule.local.host;

import io.vestibule.local.template.Stack;

/** Where the batches go that an event source gives up. */
@FunctionalInterface
interface FailureDestination {

  /** Keeps the whole record of the last invocation, the stream's records included. */
  void keep(String function, Stack.StreamSource source, Batch batch, Invocation last);
}
