package io.vestibule.web;

import io.vestibule.core.DataCopy;
import io.vestibule.core.Receipt;
import io.vestibule.core.forms.Business;
import io.vestibule.core.forms.Forms;
import io.vestibule.core.wording.Wording;
import java.util.List;
import java.util.Map;

/** The pages of a request that is done: its receipt, or the copy that was asked for. */
public final class AnswerPages {

  private final Business business;
  private final Languages languages;
  private final Templates templates;
  private final Forms forms;

  public AnswerPages(Business business, Languages languages, Forms forms) {
    this.business = business;
    this.languages = languages;
    this.templates = new Templates(business);
    this.forms = forms;
  }

  /** What came of a request, with the files that prove it. */
  public Reply receipt(Request request, Wording wording, Receipt receipt, String token) {
    var key = "receipt." + ReceiptView.code(receipt.outcome()) + ".title";
    var page = page(request, wording, wording.text(key, Map.of("business", name(wording))));
    return templates.render(
        200,
        "receipt",
        page,
        Map.of(
            "receipt", ReceiptView.of(receipt, page, forms),
            "json", Links.ofRequest(receipt.request(), "receipt.json", token),
            "signature", Links.ofRequest(receipt.request(), "receipt.sig", token),
            "key", Links.keyOf(receipt)),
        ContentPolicy.STRICT);
  }

  /** Everything that is held about a person. */
  public Reply copy(Request request, Wording wording, DataCopy copy, String token) {
    var page = page(request, wording, wording.text("copy.title"));
    return templates.render(
        200,
        "copy",
        page,
        Map.of(
            "copy", CopyView.of(copy, page, forms),
            "json", Links.ofRequest(copy.request(), "copy.json", token)),
        ContentPolicy.STRICT);
  }

  /** A copy that there was, and is no more. */
  public Reply copyIsGone(Request request, Wording wording) {
    var page = page(request, wording, wording.text("copy.gone.title"));
    return templates.render(
        410,
        "message",
        page,
        Map.of("paragraphs", List.of(page.text("copy.gone.text"))),
        ContentPolicy.STRICT);
  }

  private Page page(Request request, Wording wording, String title) {
    var others = languages.others(request, wording);
    return new Page(business, wording, templates.style(), title, false, others);
  }

  private String name(Wording wording) {
    return business.name().in(wording.language());
  }
}
