// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices.channels;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import io.entrepot.base.FieldProblem;
import io.entrepot.base.Id;
import io.entrepot.base.IdSource;
import io.entrepot.base.InvalidFieldsException;
import io.entrepot.base.NotFoundException;
import io.entrepot.base.Secrets;
import io.entrepot.server.database.Database;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.identity.AuditTrail;
import io.entrepot.server.ledger.Change;
import io.entrepot.server.secrets.SecretBox;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.springframework.dao.DuplicateKeyException;

/** The channels: made, changed and deleted by administrators. */
public final class Channels {

  private static final String KIND = "notice_channel";
  private static final String THING = "Notification configuration";

  private final Database database;
  private final ChannelTable table;
  private final SecretBox secrets;
  private final IdSource ids;
  private final InstantSource clock;
  private final AuditTrail audit;

  Channels(
      Database database, SecretBox secrets, IdSource ids, InstantSource clock, AuditTrail audit) {
    this.database = database;
    this.table = new ChannelTable(database);
    this.secrets = secrets;
    this.ids = ids;
    this.clock = clock;
    this.audit = audit;
  }

  /**
   * @throws InvalidFieldsException naming every setting that is missing or does not fit
   * @throws EntrepotException {@code ALREADY_EXISTS} when another channel has the name
   */
  public Channel create(Actor by, ChannelDraft draft) {
    Id id = ids.next();
    return withFreeName(
        () -> {
          Instant now = clock.instant();
          checkName(draft.name(), id);
          Channel made =
              new Channel(
                  id,
                  table.nextNumber(),
                  draft.name(),
                  draft.provider(),
                  merged(id, draft, Map.of()),
                  draft.rule(),
                  draft.enabled(),
                  now,
                  now);
          table.insert(made);
          audit(by, "create", id, Change.between(Map.of(), made.facts()));
          return made;
        });
  }

  /**
   * @param change makes the new settings of the present ones, whose secrets are masked; nobody
   *     changes these meanwhile. A channel that leads elsewhere keeps nothing of what was set
   */
  public Channel update(Actor by, Id id, UnaryOperator<ChannelDraft> change) {
    return withFreeName(
        () -> {
          database.hold(KIND, id);
          Channel old = get(id);
          ChannelDraft draft = change.apply(old.settings());
          checkName(draft.name(), id);
          Channel changed =
              new Channel(
                  id,
                  old.number(),
                  draft.name(),
                  draft.provider(),
                  merged(id, draft, draft.provider() == old.provider() ? old.config() : Map.of()),
                  draft.rule(),
                  draft.enabled(),
                  old.createdAt(),
                  clock.instant());
          table.update(changed);
          audit(by, "update", id, Change.between(old.facts(), changed.facts()));
          return changed;
        });
  }

  /** What was sent laid over what is stored, secrets sealed. */
  private Map<String, Object> merged(Id id, ChannelDraft draft, Map<String, Object> stored) {
    Map<String, Object> merged = new LinkedHashMap<>();
    List<FieldProblem> problems = new ArrayList<>();
    for (Setting setting : draft.provider().settings()) {
      Object sent = draft.config().get(setting.name());
      Object kept = stored.get(setting.name());
      if (setting.isSecret() && Secrets.MASK.equals(sent) && kept != null) {
        merged.put(setting.name(), kept);
        continue;
      }
      setting.problem(sent).ifPresent(problems::add);
      if (problems.isEmpty()) {
        Object value = setting.value(sent);
        if (value != null) {
          merged.put(
              setting.name(), setting.isSecret() ? secrets.seal(id, value.toString()) : value);
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidFieldsException(problems);
    }
    return merged;
  }

  private void checkName(String name, Id own) {
    if (table.findByName(name).filter(other -> !other.id().equals(own)).isPresent()) {
      throw taken("\"" + name + "\"");
    }
  }

  /** Somebody may take the name between the look and the writing. */
  private <T> T withFreeName(Supplier<T> work) {
    try {
      return database.write(work);
    } catch (DuplicateKeyException _) {
      throw taken("like this");
    }
  }

  private static EntrepotException taken(String how) {
    return new EntrepotException(
        ErrorCode.ALREADY_EXISTS,
        "Another notification configuration is named " + how + ". Choose another name.");
  }

  /** Ends it for good, with its log. */
  public void delete(Actor by, Id id) {
    database.writeFromReserve(
        () -> {
          Channel old = get(id);
          table.delete(id);
          audit(by, "delete", id, Change.between(old.facts(), Map.of()));
        });
  }

  /**
   * @throws NotFoundException when there is none
   */
  public Channel get(Id id) {
    return table.find(id).orElseThrow(() -> new NotFoundException(THING));
  }

  /** As {@link #get}, by the number that families with integers show. */
  public Channel byNumber(long number) {
    return table.findByNumber(number).orElseThrow(() -> new NotFoundException(THING));
  }

  /** Oldest first. */
  public List<Channel> list() {
    return table.list();
  }

  /** Those that are switched on and whose rule lets this pass. */
  List<Channel> hearing(Announcement what) {
    return table.list().stream()
        .filter(channel -> channel.enabled() && channel.provider() != Provider.PING)
        .filter(channel -> channel.rule().admits(what))
        .toList();
  }

  /** The settings of a channel in the clear, for sending. Never leaves this room. */
  Map<String, Object> opened(Channel channel) {
    Map<String, Object> opened = new LinkedHashMap<>(channel.config());
    for (Setting setting : channel.provider().settings()) {
      if (setting.isSecret()) {
        opened.computeIfPresent(
            setting.name(), (_, kept) -> secrets.open(channel.id(), kept.toString()));
      }
    }
    return opened;
  }

  private void audit(Actor by, String action, Id id, Map<String, Change> changes) {
    audit.record(by, new AuditTrail.Entry(action, KIND, id, changes));
  }
}
