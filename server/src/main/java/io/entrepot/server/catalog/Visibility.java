// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.catalog;

import io.entrepot.base.Id;
import io.entrepot.server.identity.Actor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which files somebody may see: all for an administrator; else those he owns, those granted to him,
 * to one of his groups or to one of his projects and, unless the server is set otherwise, those of
 * instruments he has access to.
 */
public final class Visibility {

  /**
   * What somebody may see.
   *
   * @param sql a condition on a table named {@code f}
   * @param parameters of the condition, in order
   * @param instruments those of which he sees every file
   * @param byInstrument lists that hold the files of those
   * @param byFile lists that hold every other file he sees
   */
  record Condition(
      String sql,
      List<Object> parameters,
      List<Id> instruments,
      List<Way> byInstrument,
      List<Way> byFile) {

    private static final Condition ALWAYS =
        new Condition("1 = 1", List.of(), List.of(), List.of(), List.of());

    /** Whether it holds for each file, so that there is no need to look at the file. */
    boolean always() {
      return equals(ALWAYS);
    }

    /** Whether it holds for each file of an instrument; null for all instruments. */
    boolean holdsForAll(@Nullable Id instrument) {
      return always() || (instrument != null && instruments.contains(instrument));
    }

    /** Lists that together hold what is seen of an instrument, or of all when it is null. */
    List<Way> ways(@Nullable Id instrument) {
      return instrument == null
          ? Stream.concat(byInstrument.stream(), byFile.stream()).toList()
          : byFile;
    }
  }

  /**
   * A list of files that an index holds in the order of their ids.
   *
   * @param from the tables, with the file as {@code f}
   * @param id the column with the file's id that the index ends with
   */
  record Way(String from, String id, String condition, List<Object> parameters) {}

  /** A statement takes no more than some hundred lists. */
  private static final int OWN_WAYS = 100;

  private final Function<Id, ? extends Collection<Id>> memberships;
  private final Function<Id, ? extends Collection<Id>> instruments;

  /**
   * @param memberships the live groups and projects that an account is in, directly or through a
   *     group
   * @param instruments those whose files an account sees because it has access to them
   */
  public Visibility(
      Function<Id, ? extends Collection<Id>> memberships,
      Function<Id, ? extends Collection<Id>> instruments) {
    this.memberships = memberships;
    this.instruments = instruments;
  }

  Condition of(Actor actor) {
    if (actor.isAdmin()) {
      return Condition.ALWAYS;
    }
    List<Id> instrumentsSeen = List.copyOf(instruments.apply(actor.account()));
    List<Id> grantees = new ArrayList<>(List.of(actor.account()));
    grantees.addAll(memberships.apply(actor.account()));
    return condition(actor.account(), instrumentsSeen, grantees);
  }

  private static Condition condition(Id account, List<Id> instruments, List<Id> grantees) {
    List<Object> parameters = new ArrayList<>();
    String byInstrument = "";
    if (!instruments.isEmpty()) {
      byInstrument = "f.instrument_id in (" + marks(instruments) + ") or ";
      parameters.addAll(texts(instruments));
    }
    parameters.add(account.hex());
    parameters.addAll(texts(grantees));
    String sql =
        "("
            + byInstrument
            + "f.owner_id = ? or exists (select 1 from file_grant g where g.file_id = f.id"
            + " and g.grantee_id in ("
            + marks(grantees)
            + ")))";
    return new Condition(
        sql,
        List.copyOf(parameters),
        instruments,
        apart(instruments, "file f", "f.id", "f.instrument_id"),
        Stream.concat(
                apart(List.of(account), "file f", "f.id", "f.owner_id").stream(),
                apart(
                    grantees,
                    "file_grant g join file f on f.id = g.file_id",
                    "g.file_id",
                    "g.grantee_id")
                    .stream())
            .toList());
  }

  /** Each by itself, in which the index is in order; those that are too many for that together. */
  private static List<Way> apart(List<Id> all, String from, String id, String column) {
    List<Way> ways = new ArrayList<>();
    for (int i = 0; i < Math.min(all.size(), OWN_WAYS); i++) {
      ways.add(new Way(from, id, column + " = ?", texts(all.subList(i, i + 1))));
    }
    if (all.size() > OWN_WAYS) {
      List<Id> rest = all.subList(OWN_WAYS, all.size());
      ways.add(new Way(from, id, column + " in (" + marks(rest) + ")", texts(rest)));
    }
    return ways;
  }

  private static List<Object> texts(List<Id> all) {
    return List.copyOf(all.stream().map(Id::hex).toList());
  }

  static String marks(List<?> parameters) {
    return String.join(", ", Collections.nCopies(parameters.size(), "?"));
  }
}
