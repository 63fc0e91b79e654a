package io.vestibule.local.host;

import java.util.Optional;

/** One port for all: the HTTP APIs of the template, and the pages about the run. */
final class FrontDoor implements WebServer.Site {

  private final LocalPages pages;
  private final StackDesk stack;
  private final HttpApi api;
  private final Optional<WebServer.Site> staff;

  /**
   * Everything behind one port.
   *
   * @param staff where staff sign in; deployed, it has a host of its own
   */
  FrontDoor(LocalPages pages, StackDesk stack, HttpApi api, Optional<WebServer.Site> staff) {
    this.pages = pages;
    this.stack = stack;
    this.api = api;
    this.staff = staff;
  }

  @Override
  public WebResponse answer(WebRequest request) {
    String path = request.path();
    if (path.equals("/") || path.equals("/_local")) {
      return WebResponse.redirect(LocalPages.ROOT);
    }
    if (staff.isPresent() && isForStaff(path)) {
      return staff.get().answer(request);
    }
    if (path.equals(StackDesk.PATH)) {
      return stack.answer(request);
    }
    return path.startsWith(LocalPages.ROOT) ? pages.answer(request) : api.answer(request);
  }

  private static boolean isForStaff(String path) {
    return path.equals("/staff") || path.startsWith("/staff/") || path.equals(StaffDesk.LOGIN);
  }
}
