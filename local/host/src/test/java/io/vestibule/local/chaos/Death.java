package io.vestibule.local.chaos;

/**
 * The end of a function's process, in the middle of an invocation.
 *
 * <p>Nothing catches it on the way out: to the SDK and to our own code it is no exception. To
 * Lambda's runtime it is the kind of error that ends the process, so its environment is not used
 * again.
 */
final class Death extends VirtualMachineError {

  private static final long serialVersionUID = 1;

  Death(String where) {
    super(where);
  }
}
