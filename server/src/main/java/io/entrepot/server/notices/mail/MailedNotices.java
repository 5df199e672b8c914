// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices.mail;

import io.entrepot.base.Id;
import io.entrepot.server.database.Database;
import io.entrepot.server.identity.Account;
import io.entrepot.server.identity.Accounts;
import io.entrepot.server.notices.Inbox;
import io.entrepot.server.notices.Notice;
import io.entrepot.server.settings.EntrepotSettings;
import java.util.List;
import java.util.Optional;

/** Notices that go to the inbox and, where mail is configured, to the address of the account. */
public final class MailedNotices {

  private final Inbox inbox;
  private final Accounts accounts;
  private final Database database;
  private final Letters letters;
  private final EntrepotSettings settings;

  MailedNotices(
      Inbox inbox,
      Accounts accounts,
      Database database,
      Letters letters,
      EntrepotSettings settings) {
    this.inbox = inbox;
    this.accounts = accounts;
    this.database = database;
    this.letters = letters;
    this.settings = settings;
  }

  /** Letters leave when the caller's transaction has ended well. */
  public void tell(List<Id> people, Notice.Draft draft) {
    inbox.tell(people, draft);
    if (settings.mail().isSet()) {
      Mailer.Letter letter =
          new Mailer.Letter(draft.title(), draft.message() + "\n\n" + settings.address() + "\n");
      List<Account> told = people.stream().map(accounts::find).flatMap(Optional::stream).toList();
      database.afterCommit(
          () ->
              told.forEach(
                  account ->
                      letters.sendNotice(
                          account.email(), letter, "A notice for account " + account.id())));
    }
  }
}
