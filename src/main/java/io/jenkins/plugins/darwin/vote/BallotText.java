package io.jenkins.plugins.darwin.vote;

import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a voter wrote, as the announcement asks for it:
 *
 * <pre>
 * Vote: -1
 * Digest: sha256:...
 * Reason: The health check answers before the database is there.
 * [x] installation
 * [-] upgrade
 * </pre>
 *
 * Quoted lines ({@code > ...}) are somebody else's. Exactly one vote and one digest must remain: what could be read in two
 * ways is not counted.
 */
public record BallotText(Choice choice, Digest digest, String reason, Map<String, CheckMark> checks) {
    private static final Pattern VOTE = Pattern.compile(
            "(?i)\\s{0,8}(?:vote\\s{0,4}:\\s{0,4})?([+-]1|0)(?![0-9.])\\s{0,4}(?:binding)?[\\s.!,:-]{0,8}(.*)");
    private static final Pattern LABELLED = Pattern.compile("(?i)\\s{0,8}vote\\s{0,4}:.*");
    /** The announcement's own legend, when it comes back without quote marks. */
    private static final Pattern LEGEND = Pattern.compile("\\s{0,8}[+-]?[01] = (Approve|No opinion|Block).*");

    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}(?![0-9a-f])");
    private static final Pattern REASON = Pattern.compile("(?i)\\s{0,8}reason\\s{0,4}:(.*)");
    private static final Pattern ITEM = Pattern.compile("\\s{0,8}\\[([xX+!-])\\]\\s{1,4}(.{1,200}?)\\s*");
    private static final Pattern FIELD =
            Pattern.compile("(?i)\\s{0,8}(candidate|digest|candidate digest|voter)\\s{0,4}:.*");

    /** @throws ReleaseException refused, when there is not exactly one vote on exactly one digest */
    public static BallotText parse(String text) {
        Set<Choice> choices = new LinkedHashSet<>();
        Set<Digest> digests = new LinkedHashSet<>();
        Map<String, CheckMark> checks = new TreeMap<>();
        List<String> reason = new ArrayList<>();
        boolean inReason = false;
        for (String line : text.lines().toList()) {
            if (line.equals("-- ")) {
                break; // a mail's signature, in the other sense
            }
            if (line.startsWith(">")) {
                continue;
            }
            Matcher digest = DIGEST.matcher(line);
            boolean named = false;
            while (digest.find()) {
                digests.add(Digest.parse(digest.group()));
                named = true;
            }
            Matcher vote = VOTE.matcher(line);
            Matcher why = REASON.matcher(line);
            Matcher item = ITEM.matcher(line);
            if (LEGEND.matcher(line).matches()) {
                continue;
            } else if (vote.matches()) {
                choices.add(Choice.parse(vote.group(1)));
                reason.add(vote.group(2));
                inReason = true;
            } else if (LABELLED.matcher(line).matches()) {
                throw ReleaseException.refused("The mail's vote can't be read: expected 'Vote: +1', 'Vote: 0' or"
                        + " 'Vote: -1', found '" + Words.shown(line.strip()) + "'.");
            } else if (why.matches()) {
                reason.add(why.group(1));
                inReason = true;
            } else if (item.matches()) {
                boolean passed = "xX+".contains(item.group(1));
                checks.put(item.group(2), passed ? CheckMark.PASSED : CheckMark.FAILED);
                inReason = false;
            } else if (named || FIELD.matcher(line).matches()) {
                inReason = false;
            } else if (inReason) {
                reason.add(line);
            }
        }
        return new BallotText(
                one(choices, "vote (a line 'Vote: +1', 'Vote: 0' or 'Vote: -1')"),
                one(digests, "candidate digest (a line 'Digest: sha256:...')"),
                String.join("\n", reason).strip(),
                checks);
    }

    private static <T> T one(Set<T> found, String what) {
        if (found.size() != 1) {
            throw ReleaseException.refused(
                    "The mail is no ballot: expected one " + what + " outside quoted lines, found "
                            + (found.isEmpty() ? "none" : found.size() + " different ones") + ".");
        }
        return Optional.of(found.iterator().next()).orElseThrow();
    }
}
