package io.vestibule.local.host;

/** One port for both: the HTTP API of the template, and the pages about it. */
final class FrontDoor implements WebServer.Site {

  private final LocalPages pages;
  private final HttpApi api;

  FrontDoor(LocalPages pages, HttpApi api) {
    this.pages = pages;
    this.api = api;
  }

  @Override
  public WebResponse answer(WebRequest request) {
    String path = request.path();
    if (path.equals("/") || path.equals("/_local")) {
      return WebResponse.redirect(LocalPages.ROOT);
    }
    return path.startsWith(LocalPages.ROOT) ? pages.answer(request) : api.answer(request);
  }
}
