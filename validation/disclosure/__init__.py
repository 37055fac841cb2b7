"""An attack on the published staff figures: solve for what is suppressed, from registers, weights and answers.

Of `dashboard` it uses the answers alone, not the pattern that closes them.
"""
