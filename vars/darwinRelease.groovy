/**
 * A whole release, P2 to P6: cut, stabilise, build, sign, vote, promote; after a vote that did not pass, the next candidate.
 * vars/darwinRelease.txt says what the options are.
 */
def call(Map options = [:]) {
    check(options)
    Map common = only(options, ['version', 'repository', 'gitCredentials', 'registryCredentials'])
    Map arguments = common + only(options, ['config', 'dryRun'])
    Map signing = arguments + only(options, ['signingKey'])
    Map voting = common + only(options, ['signingKey']) + (options.vote ?: [:]) + [failOnReject: false]
    Map release = [version: options.version]

    release.cut = onAgent(options, 'cut', "Cut ${options.version}", release) {
        darwinCutRelease(arguments + only(options, ['from', 'hotfix']))
    }
    if (options.stabilise != false && !options.dryRun) {
        withoutAgent(options, 'stabilise', "Stabilise ${release.cut.branch}", release) {
            input message: "Bring ${options.hotfix ? 'the fix' : 'fixes of blockers from trunk'} to ${release.cut.branch}, then go on.",
                    ok: 'Build the candidate'
        }
    }
    if (options.dryRun && changes(release.cut)) {
        echo 'A dry run ends here: without a branch there is nothing to build from.'
        return release
    }
    boolean passed = false
    while (!passed) {
        release.candidate = onAgent(options, 'build', 'Build candidate', release) { darwinBuildRc(arguments) }
        if (options.dryRun) {
            echo 'A dry run ends here: without a candidate there is nothing to sign and to vote on.'
            return release
        }
        release.signed = onAgent(options, 'sign', 'Sign and stage', release) { darwinSign(signing) }
        release.vote = withoutAgent(options, 'vote', "Vote on ${release.candidate.tag}", release) { darwinAwaitVote(voting) }
        passed = release.vote.passed
        if (!passed) {
            withoutAgent(options, 'mend', "Mend ${release.candidate.tag}", release) {
                input message: "${release.candidate.tag} did not pass. Fix the blockers on trunk, bring the fixes to ${release.cut.branch}, then go on.",
                        ok: 'Build the next candidate'
            }
        }
    }
    release.promoted = onAgent(options, 'promote', "Promote ${release.candidate.tag}", release) {
        darwinPromote(signing + voted(release))
    }
    return release
}

/** One sentence for a mistake, before anything has begun. */
private void check(Map options) {
    List known = ['version', 'from', 'hotfix', 'agent', 'agents', 'stages', 'stabilise', 'vote', 'config', 'repository', 'gitCredentials',
                  'registryCredentials', 'signingKey', 'dryRun']
    for (String name in options.keySet()) {
        if (!known.contains(name)) {
            error "darwinRelease has no option '${name}': expected one of ${known.join(', ')}."
        }
    }
    if (!(options.version instanceof CharSequence)) {
        error "No version given: expected text, for example darwinRelease(version: '1.3.0')."
    }
    List stages = ['cut', 'stabilise', 'build', 'sign', 'vote', 'mend', 'promote']
    List named = []
    named.addAll((options.stages ?: [:]).keySet())
    named.addAll((options.agents ?: [:]).keySet())
    for (String name in named) {
        if (!stages.contains(name)) {
            error "A release has no stage '${name}': expected one of ${stages.join(', ')}."
        }
    }
}

/** A stage on an agent: that of its own label, else the common one, else any. */
private def onAgent(Map options, String name, String title, Map release, Closure body) {
    def result
    stage(title) {
        node((options.agents ?: [:])[name] ?: options.agent ?: '') {
            result = own(options, name) ? own(options, name).call(release, body) : body.call()
        }
    }
    return result
}

/** A stage that waits for people, and takes no executor while it does. */
private def withoutAgent(Map options, String name, String title, Map release, Closure body) {
    def result
    stage(title) {
        result = own(options, name) ? own(options, name).call(release, body) : body.call()
    }
    return result
}

/** What was voted on, so that nothing else is promoted; a stage of the caller's own may return less, and then the newest is. */
private Map voted(Map release) {
    def digest = release.vote?.digest ?: release.signed?.digest
    return digest ? [digest: digest.toString()] : [:]
}

/** Whether a step made, or in a dry run would make, anything. */
private boolean changes(result) {
    for (change in result?.changes) {
        if (change.state != 'DONE') {
            return true
        }
    }
    return false
}

private Closure own(Map options, String name) {
    return (options.stages ?: [:])[name]
}

private Map only(Map options, List names) {
    Map found = [:]
    for (String name in names) {
        if (options[name] != null) {
            found[name] = options[name]
        }
    }
    return found
}
