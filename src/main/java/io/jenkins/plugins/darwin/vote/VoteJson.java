package io.jenkins.plugins.darwin.vote;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.darwin.model.CandidateId;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.ReleaseConfig.VotePolicy;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.vote.VoteEvent.Ballot;
import io.jenkins.plugins.darwin.vote.VoteEvent.BallotWithdrawal;
import io.jenkins.plugins.darwin.vote.VoteEvent.Closing;
import io.jenkins.plugins.darwin.vote.VoteEvent.Extension;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The JSON of a vote record and of single events; mapped by hand, so that a renamed method never changes a signed text. */
public final class VoteJson {
    private static final int SCHEMA = 1;
    /** A vote is nested a handful of levels. */
    private static final int DEEPEST = 50;

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final ObjectWriter PRETTY = MAPPER.writer(new DefaultPrettyPrinter()
            .withObjectIndenter(new DefaultIndenter("  ", "\n"))
            .withArrayIndenter(new DefaultIndenter("  ", "\n")));

    private VoteJson() {}

    /** One event as one line without a line feed, for a journal that is appended to. */
    public static String line(VoteEvent event) {
        return text(MAPPER.writer(), node(event));
    }

    /** Reads what {@link #line} wrote; apply it with {@link Vote#replay}. */
    public static VoteEvent event(String line) {
        try {
            return event(MAPPER.readTree(line));
        } catch (JsonProcessingException | RuntimeException e) {
            throw unreadable(e);
        }
    }

    static String write(VoteRecord vote) {
        Vote v = vote.vote();
        Tally tally = v.tally(Vote.ANYBODY);
        ObjectNode root = MAPPER.createObjectNode();
        root.put("schemaVersion", SCHEMA)
                .put("project", vote.project())
                .put("candidate", v.candidate().toString())
                .put("digest", v.digest().toString());
        root.put("outcome", vote.outcome().map(Outcome::name).orElse("OPEN"));
        ObjectNode count = root.putObject("tally").put("quorum", tally.quorum());
        count(count.putObject("binding"), tally.binding());
        count(count.putObject("advising"), tally.advising());
        list(count, "notVoted", tally.notVoted());
        list(count, "untried", tally.untried());
        VotePolicy p = v.policy();
        ObjectNode policy = root.putObject("policy");
        list(policy, "voters", p.voters());
        list(policy, "advisers", p.advisers());
        policy.put("quorum", p.quorum()).put("hours", p.hours()).put("minHours", p.minHours());
        policy.put("graceMinutes", p.graceMinutes());
        p.closeEarly().ifPresent(early -> policy.put("closeEarly", early));
        list(policy, "checklist", p.checklist());
        root.put("opened", v.opened().toString())
                .put("openedBy", v.openedBy())
                .put("deadline", v.firstDeadline().toString());
        ArrayNode events = root.putArray("events");
        v.events().forEach(event -> events.add(node(event)));
        return text(PRETTY, root) + "\n";
    }

    static VoteRecord read(byte[] json) {
        try {
            JsonNode root = MAPPER.readTree(json);
            if (field(root, "schemaVersion").asInt() != SCHEMA) {
                throw ReleaseException.refused("The vote record has schema "
                        + Words.shown(field(root, "schemaVersion").asText()) + ": expected " + SCHEMA
                        + "; it needs another version of this tool.");
            }
            JsonNode p = field(root, "policy");
            VotePolicy policy = new VotePolicy(
                    list(p, "voters"),
                    list(p, "advisers"),
                    number(p, "quorum"),
                    number(p, "hours"),
                    number(p, "minHours"),
                    Optional.ofNullable(p.get("closeEarly")).map(JsonNode::asBoolean),
                    list(p, "checklist"),
                    number(p, "graceMinutes"));
            Vote vote = Vote.open(
                    CandidateId.parse(string(root, "candidate")),
                    Digest.parse(string(root, "digest")),
                    policy,
                    time(root, "opened"),
                    time(root, "deadline"),
                    string(root, "openedBy"));
            for (JsonNode event : field(root, "events")) {
                vote = vote.replay(event(event));
            }
            return new VoteRecord(string(root, "project"), vote);
        } catch (IOException | DateTimeException | IllegalArgumentException e) {
            throw unreadable(e);
        } catch (ReleaseException e) {
            throw ReleaseException.refused(e.getMessage(), e); // also what would be wrong usage from a person
        }
    }

    private static ObjectNode node(VoteEvent event) {
        ObjectNode node = MAPPER.createObjectNode();
        if (event instanceof Ballot b) {
            node.put("type", "ballot")
                    .put("id", b.id())
                    .put("voter", b.voter())
                    .put("choice", b.choice().sign())
                    .put("reason", b.reason());
            ObjectNode checks = node.putObject("checks");
            b.checks().forEach((item, mark) -> checks.put(item, mark.name()));
            node.put("at", b.at().toString()).put("digest", b.digest().toString());
            b.recordedBy().ifPresent(by -> node.put("recordedBy", by));
            b.signed()
                    .ifPresent(s ->
                            node.putObject("signed").put("by", s.fingerprint()).put("at", s.at().toString()));
            node.put("came", b.came());
        } else if (event instanceof BallotWithdrawal w) {
            node.put("type", "ballotWithdrawal")
                    .put("ballot", w.ballot())
                    .put("by", w.by())
                    .put("at", w.at().toString());
            w.recordedBy().ifPresent(by -> node.put("recordedBy", by));
        } else if (event instanceof Extension x) {
            node.put("type", "extension")
                    .put("deadline", x.deadline().toString())
                    .put("reason", x.reason())
                    .put("by", x.by())
                    .put("at", x.at().toString());
        } else if (event instanceof Closing c) {
            node.put("type", "closing")
                    .put("outcome", c.outcome().name())
                    .put("at", c.at().toString())
                    .put("by", c.by())
                    .put("reason", c.reason());
            list(node, "electorate", c.electorate());
        }
        return node;
    }

    private static VoteEvent event(JsonNode n) {
        return switch (string(n, "type")) {
            case "ballot" ->
                new Ballot(
                        string(n, "id"),
                        string(n, "voter"),
                        Choice.parse(string(n, "choice")),
                        string(n, "reason"),
                        checks(field(n, "checks")),
                        time(n, "at"),
                        Digest.parse(string(n, "digest")),
                        optional(n, "recordedBy"),
                        Optional.ofNullable(n.get("signed"))
                                .map(s -> new VoteEvent.VoterSignature(string(s, "by"), time(s, "at"))));
            case "ballotWithdrawal" ->
                new BallotWithdrawal(string(n, "ballot"), string(n, "by"), time(n, "at"), optional(n, "recordedBy"));
            case "extension" -> new Extension(time(n, "deadline"), string(n, "reason"), string(n, "by"), time(n, "at"));
            case "closing" ->
                new Closing(
                        Outcome.valueOf(string(n, "outcome")),
                        time(n, "at"),
                        string(n, "by"),
                        string(n, "reason"),
                        list(n, "electorate"));
            default -> throw new IllegalArgumentException("an unknown kind of event");
        };
    }

    private static Map<String, CheckMark> checks(JsonNode node) {
        Map<String, CheckMark> checks = new LinkedHashMap<>();
        node.fields()
                .forEachRemaining(e ->
                        checks.put(e.getKey(), CheckMark.valueOf(e.getValue().asText())));
        return checks;
    }

    private static void count(ObjectNode node, Tally.Count count) {
        node.put("plusOne", count.plusOne()).put("zero", count.zero()).put("minusOne", count.minusOne());
    }

    private static void list(ObjectNode node, String key, List<String> values) {
        ArrayNode array = node.putArray(key);
        values.forEach(array::add);
    }

    private static List<String> list(JsonNode node, String key) {
        List<String> values = new ArrayList<>();
        field(node, key).forEach(value -> values.add(value.asText()));
        return values;
    }

    private static JsonNode field(JsonNode node, String key) {
        JsonNode value = node.get(key);
        if (value == null || value.isNull()) {
            throw new IllegalArgumentException(key + " is missing");
        }
        return value;
    }

    private static String string(JsonNode node, String key) {
        return field(node, key).asText();
    }

    private static int number(JsonNode node, String key) {
        return field(node, key).asInt();
    }

    private static Instant time(JsonNode node, String key) {
        return Instant.parse(string(node, key));
    }

    private static Optional<String> optional(JsonNode node, String key) {
        return Optional.ofNullable(node.get(key)).map(JsonNode::asText);
    }

    private static String text(ObjectWriter writer, JsonNode node) {
        try {
            return writer.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // a tree of text and numbers
        }
    }

    private static ReleaseException unreadable(Exception e) {
        return ReleaseException.refused(
                "The vote record can't be read: " + Words.shown(String.valueOf(e.getMessage())) + ".", e);
    }
}
