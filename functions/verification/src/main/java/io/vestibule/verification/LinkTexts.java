package io.vestibule.verification;

import io.vestibule.core.Env;
import io.vestibule.core.forms.Business;
import io.vestibule.core.forms.Forms;
import io.vestibule.core.forms.Told;
import io.vestibule.core.wording.Wordings;
import io.vestibule.web.AnswerPages;
import io.vestibule.web.ConfirmPages;
import io.vestibule.web.Languages;
import io.vestibule.web.Pages;

/** What verification shows, which comes with it and is the same wherever and whenever it runs. */
record LinkTexts(
    Forms forms,
    Business business,
    Languages languages,
    Pages pages,
    ConfirmPages confirmPages,
    AnswerPages answerPages) {

  static LinkTexts of(Env env) {
    var forms = new Forms();
    var business = Business.load();
    var languages = new Languages(new Wordings());
    return new LinkTexts(
        forms,
        business,
        languages,
        new Pages(business, languages, env.read(Told::read)),
        new ConfirmPages(business, languages, forms),
        new AnswerPages(business, languages, forms));
  }
}
