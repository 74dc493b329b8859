// The question being answered: a sound is drawn as a wave above its player (media.js).
watch('value', () => element.querySelectorAll('.st-fig audio').forEach((player) => {
  if (player.previousElementSibling?.tagName !== 'CANVAS') drawWave(player);
}));
