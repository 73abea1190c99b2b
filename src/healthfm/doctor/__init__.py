"""What is wrong with a list: findings with line, rule, confidence and proposed fix; nothing is fetched."""
